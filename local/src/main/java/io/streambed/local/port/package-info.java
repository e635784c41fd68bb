/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** The TCP ports that the services listen on. */
@NullMarked
package io.streambed.local.port;

import org.jspecify.annotations.NullMarked;

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Tests of what concerns all plugins. */
@NullMarked
package io.streambed.connectors;

import org.jspecify.annotations.NullMarked;

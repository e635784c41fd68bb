/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Tests of the transform. */
@NullMarked
package io.streambed.connectors.request;

import org.jspecify.annotations.NullMarked;

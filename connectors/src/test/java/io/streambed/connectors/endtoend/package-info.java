/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Streambed between two streams. */
@NullMarked
package io.streambed.connectors.endtoend;

import org.jspecify.annotations.NullMarked;

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** The gate that keeps old data readable, and what releases a version. */
@NullMarked
package io.streambed.schemas.released;

import org.jspecify.annotations.NullMarked;

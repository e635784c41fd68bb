/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** The map: which step reads what, writes where, and shares which store. */
@NullMarked
package io.streambed.processors.topology;

import org.jspecify.annotations.NullMarked;

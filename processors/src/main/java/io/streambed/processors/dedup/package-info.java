/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Tells a job that was settled or answered before from one that needs a call. */
@NullMarked
package io.streambed.processors.dedup;

import org.jspecify.annotations.NullMarked;

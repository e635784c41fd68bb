/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Owns everything in flight: permits, attempts, calls, retries, deadlines, batches. */
@NullMarked
package io.streambed.processors.invocation;

import org.jspecify.annotations.NullMarked;

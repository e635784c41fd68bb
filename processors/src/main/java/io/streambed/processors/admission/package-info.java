/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Reads a request's bytes and decides from the record alone whether it becomes a job. */
@NullMarked
package io.streambed.processors.admission;

import org.jspecify.annotations.NullMarked;

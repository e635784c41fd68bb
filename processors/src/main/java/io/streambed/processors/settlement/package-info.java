/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Writes everything that a finished job owes, in one transaction. */
@NullMarked
package io.streambed.processors.settlement;

import org.jspecify.annotations.NullMarked;

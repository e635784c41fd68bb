/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * How much may be asked of a lane: calls and tokens by time, as the provider counts them, shared
 * among instances without a coordinator.
 */
@NullMarked
package io.streambed.processors.limit;

import org.jspecify.annotations.NullMarked;

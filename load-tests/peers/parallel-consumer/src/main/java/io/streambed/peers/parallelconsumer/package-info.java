/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** The library parallel-consumer with transactions, one thread a call. */
@NullMarked
package io.streambed.peers.parallelconsumer;

import org.jspecify.annotations.NullMarked;

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Flink with asynchronous I/O between a Kafka source and an exactly-once Kafka sink. */
@NullMarked
package io.streambed.peers.flink;

import org.jspecify.annotations.NullMarked;

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Kafka Streams as it is, with a call in its processor that blocks. */
@NullMarked
package io.streambed.peers.streams;

import org.jspecify.annotations.NullMarked;

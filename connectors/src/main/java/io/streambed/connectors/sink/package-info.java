/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Kinesis out.
 *
 * <p>Every record arrives at least once: an offset is committed after Kinesis has acknowledged its
 * record, so what was written and not committed when a task stops or moves is written again. Each
 * repetition carries the same id, made of the record's topic, partition and offset, see the setting
 * {@code dedup.id}.
 *
 * <p>A record becomes bytes in {@link io.streambed.connectors.sink.Encoding}, waits in {@link
 * io.streambed.connectors.sink.Batching}, goes out by {@link io.streambed.connectors.sink.Writer},
 * and {@link io.streambed.connectors.sink.Sending} reads the answer. {@link
 * io.streambed.connectors.sink.Acknowledged} knows what may be committed. Everything runs on the
 * task's thread but the completion of a request, which does no more than to put its answer into a
 * queue.
 */
@NullMarked
package io.streambed.connectors.sink;

import org.jspecify.annotations.NullMarked;

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Kinesis in: the connector looks which shards there are and shares them out, its tasks read them.
 *
 * <p>{@link io.streambed.connectors.source.Lineage} and {@link
 * io.streambed.connectors.source.Assignment} decide what may be read and by whom, a {@link
 * io.streambed.connectors.source.ShardFeed} reads, {@link
 * io.streambed.connectors.source.RecordMapping} makes Connect's records of what came.
 */
@NullMarked
package io.streambed.connectors.source;

import org.jspecify.annotations.NullMarked;

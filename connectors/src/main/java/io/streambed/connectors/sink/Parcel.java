/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import io.streambed.connectors.kpl.UserRecord;
import java.util.List;

/**
 * One record of Kinesis: a record of Kafka, or several put together.
 *
 * @param lane that it was cut from
 * @param origins of the records in it, in their order
 * @param record what is sent
 * @param size bytes that count towards the limits of Kinesis
 * @param weight bytes that count towards the buffer
 * @param firstSent when it was sent first, as {@link System#nanoTime()}
 */
record Parcel(
    Lane lane, List<Origin> origins, UserRecord record, int size, long weight, long firstSent) {}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Kafka Connect plugins: Kinesis in, Kinesis out, Avro in the wire format of schema registries. */
@NullMarked
package io.streambed.connectors;

import org.jspecify.annotations.NullMarked;

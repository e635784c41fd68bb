/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Tests of the sink without Kafka and without Kinesis. */
@NullMarked
package io.streambed.connectors.sink;

import org.jspecify.annotations.NullMarked;

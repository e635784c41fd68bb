/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What integration tests stand on: a worker of Kafka Connect, its REST API, and a stand-in for
 * Kinesis.
 */
@NullMarked
package io.streambed.connectors.platform;

import org.jspecify.annotations.NullMarked;

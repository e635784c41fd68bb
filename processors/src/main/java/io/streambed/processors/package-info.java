/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The platform: one Kafka Streams application that turns requests into results and dead letters.
 */
@NullMarked
package io.streambed.processors;

import org.jspecify.annotations.NullMarked;

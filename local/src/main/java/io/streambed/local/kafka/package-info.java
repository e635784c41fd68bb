/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** A real Kafka broker in this JVM. */
@NullMarked
package io.streambed.local.kafka;

import org.jspecify.annotations.NullMarked;

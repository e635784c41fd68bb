/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * A Kafka broker, a schema registry and a stand-in for Amazon Bedrock, in this JVM: for trying and
 * for testing.
 */
@NullMarked
package io.streambed.local;

import org.jspecify.annotations.NullMarked;

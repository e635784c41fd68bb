/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Tests of the dealings with Kafka. */
@NullMarked
package io.streambed.cli.cluster;

import org.jspecify.annotations.NullMarked;

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** The command line's dealings with Kafka and the registry: publishing, reading, topics. */
@NullMarked
package io.streambed.cli.cluster;

import org.jspecify.annotations.NullMarked;

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.cluster;

import io.streambed.schemas.DeadLetter;

/**
 * A dead letter and where it stands in its topic.
 *
 * @param partition of the topic of dead letters
 * @param offset there
 */
public record PlacedLetter(DeadLetter letter, int partition, long offset) {}

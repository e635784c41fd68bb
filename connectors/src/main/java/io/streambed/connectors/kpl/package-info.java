/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Records of the Kinesis Producer Library: many in one, see "KPL aggregated record format" in the
 * repository amazon-kinesis-producer, file aggregation-format.md.
 */
@NullMarked
package io.streambed.connectors.kpl;

import org.jspecify.annotations.NullMarked;

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Runs of recorded requests, in Kafka: reads them, writes slices of a run, follows what comes. */
@NullMarked
package io.streambed.cli.rerun;

import org.jspecify.annotations.NullMarked;

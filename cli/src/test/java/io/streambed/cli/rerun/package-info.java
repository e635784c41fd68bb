/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Tests of runs in Kafka. */
@NullMarked
package io.streambed.cli.rerun;

import org.jspecify.annotations.NullMarked;

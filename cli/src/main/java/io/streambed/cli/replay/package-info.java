/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What a run does with each recorded request, what that costs and how fast it may go. Decides from
 * values alone and touches neither Kafka nor a clock.
 */
@NullMarked
package io.streambed.cli.replay;

import org.jspecify.annotations.NullMarked;

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.model.ModelCall;
import io.streambed.processors.model.ModelResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The end of a call.
 *
 * @param flights the flights that shared the call, in the order in which it asked for them
 * @param openFor how long the call was open; zero where it never was
 */
record Completion(
    ModelCall call, List<FlightId> flights, ModelResult result, Instant at, Duration openFor) {}

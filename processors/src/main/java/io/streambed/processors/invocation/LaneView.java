/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.limit.LaneUse;
import io.streambed.processors.model.Quota;

/**
 * What there is to see of a lane at one moment, in one process.
 *
 * @param lane its name
 * @param breaker what its breaker does: {@code closed}, {@code open} or {@code half_open}
 * @param quota what all instances may use together
 * @param share the part of it that is this process's, 0 to 1
 * @param granted the part of its share that the provider seems to grant, as learned from
 *     throttling, above 0 and at most 1
 * @param setAside tokens that the provider keeps for open calls, at the most that they can take; 0
 *     for a lane without a quota
 * @param used what was used lately
 * @param open calls that are open
 * @param limit calls that may be open at a time, as learned from throttling
 * @param concurrency the most that {@code limit} can be
 * @param ready committed attempts that wait for a permit
 * @param waiting flights, and groups of texts that share a call, that wait for the right to intend
 *     one
 */
public record LaneView(
    String lane,
    LaneCondition condition,
    String breaker,
    Quota quota,
    double share,
    double granted,
    long setAside,
    LaneUse.Counts used,
    int open,
    int limit,
    int concurrency,
    int ready,
    int waiting) {}

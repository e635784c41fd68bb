/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.judgement;

import java.util.Optional;

/**
 * What a reader of committed records saw of a request.
 *
 * @param id the request's id
 * @param deadLetter why it could not be answered, if so
 * @param attempt id of the attempt that brought the answer; absent for answers from the cache and
 *     where a subject tells none
 * @param costPicos money that it says it cost, in pico-dollars
 * @param possiblyBilled attempts of unknown outcome that it tells of
 * @param source where the answer is from, such as {@code MODEL}; empty for a dead letter
 * @param seenMillis when it was read, milliseconds since 1970
 * @param seenNanos the same by {@link System#nanoTime}
 */
public record Settlement(
    String id,
    Optional<String> deadLetter,
    Optional<String> attempt,
    long costPicos,
    int possiblyBilled,
    String source,
    long seenMillis,
    long seenNanos) {}

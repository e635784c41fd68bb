/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

import io.streambed.schemas.ReplayProgress;
import java.time.Duration;
import java.util.Optional;

/**
 * How far a run has come, for people.
 *
 * @param progress as it was last written
 * @param offsets of all its ranges
 * @param done offsets that are behind it
 * @param settled requests of it that are settled
 * @param open requests of it that are asked and not settled
 * @param spentPicoDollars what the settled ones cost
 * @param left time until its end, as far as that can be told
 */
public record Report(
    ReplayProgress progress,
    long offsets,
    long done,
    long settled,
    long open,
    long spentPicoDollars,
    Optional<Duration> left) {}

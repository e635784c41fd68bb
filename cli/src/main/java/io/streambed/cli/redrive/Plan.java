/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.redrive;

import io.streambed.cli.letters.Selection;
import io.streambed.processors.redrive.Redriving;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a run is to do.
 *
 * @param selection which dead letters
 * @param redriving its name, and how often a request may be redriven
 * @param limit most requests of all that go by this name; empty for any number
 * @param rate most requests a second; empty for as fast as Kafka takes them
 * @param to topic that all go to; empty for where each came from
 * @param patches what is changed in them
 */
public record Plan(
    Selection selection,
    Redriving redriving,
    OptionalInt limit,
    OptionalDouble rate,
    Optional<String> to,
    Patches patches) {}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.figures;

import java.util.List;
import java.util.Map;

/**
 * A chart of bars.
 *
 * @param title what it shows
 * @param unit of the values
 * @param groups names along the axis
 * @param series values of each series, one a group
 */
public record Bars(
    String title, String unit, List<String> groups, Map<String, List<Double>> series) {}

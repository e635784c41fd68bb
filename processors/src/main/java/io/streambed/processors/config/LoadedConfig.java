/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import java.util.List;

/**
 * The settings and where each comes from.
 *
 * @param settings every key in the order of the reference, fit to be shown
 */
public record LoadedConfig(StreambedConfig config, List<Setting> settings) {
  public LoadedConfig {
    settings = List.copyOf(settings);
  }
}

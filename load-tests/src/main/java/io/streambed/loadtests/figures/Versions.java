/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.figures;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.AppInfoParser;
import software.amazon.awssdk.core.util.VersionInfo;

/** Versions of what takes part in every run. */
public final class Versions {
  private Versions() {}

  /** By name. */
  public static Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put(
        "Streambed",
        Optional.ofNullable(Versions.class.getPackage().getImplementationVersion())
            .orElse("unpacked"));
    all.put("Kafka", AppInfoParser.getVersion());
    all.put("AWS SDK", VersionInfo.SDK_VERSION);
    return all;
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.job;

/**
 * What a lane's name says: that of a stored attempt may be configured no more.
 *
 * @param modelId the provider's model id or inference profile
 * @param region AWS region; empty where the name has none
 * @param tier class of service, in the provider's word
 */
public record LaneName(String modelId, String region, String tier) {

  private static final String DEFAULT_TIER = "default";

  /** Reads {@code model@region} or {@code model@region+tier}. */
  public static LaneName of(String name) {
    int at = name.lastIndexOf('@');
    if (at < 0) {
      return new LaneName(name, "", DEFAULT_TIER);
    }
    String place = name.substring(at + 1);
    int tier = place.indexOf('+');
    return tier < 0
        ? new LaneName(name.substring(0, at), place, DEFAULT_TIER)
        : new LaneName(name.substring(0, at), place.substring(0, tier), place.substring(tier + 1));
  }
}

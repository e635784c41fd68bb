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
 */
public record LaneName(String modelId, String region) {

  /** Reads {@code model@region} or {@code model@region+tier}. */
  public static LaneName of(String name) {
    int at = name.lastIndexOf('@');
    if (at < 0) {
      return new LaneName(name, "");
    }
    String place = name.substring(at + 1);
    int tier = place.indexOf('+');
    return new LaneName(name.substring(0, at), tier < 0 ? place : place.substring(0, tier));
  }
}

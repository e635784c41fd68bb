/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;

/**
 * What one instance tells of its lanes, and where to ask the others. The names of the components
 * are those of the JSON.
 *
 * @param applicationId of the platform
 * @param instanceId of this instance
 * @param share the part of the work, and of every quota, that is this instance's: those of all
 *     instances add up to 1
 * @param instances where the platform's instances serve this, as each has told: it may lack some
 * @param lanes all that are configured
 */
public record LimitsReport(
    String applicationId,
    String instanceId,
    double share,
    List<String> instances,
    List<LaneLimits> lanes) {

  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  public LimitsReport {
    instances = List.copyOf(instances);
    lanes = List.copyOf(lanes);
  }

  /** As it is served. */
  public String json() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report that cannot be written", e);
    }
  }

  /** Reads what was served, by this version or another; nothing where it is something else. */
  public static Optional<LimitsReport> read(String json) {
    try {
      return Optional.ofNullable(JSON.readValue(json, LimitsReport.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}

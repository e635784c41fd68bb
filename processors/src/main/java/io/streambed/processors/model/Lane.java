/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

/**
 * One model in one region and tier, with its own permits and breaker.
 *
 * @param modelId the provider's model id, or id or ARN of an inference profile
 * @param region AWS region
 * @param tier class of service
 * @param concurrency most calls open at a time in one process; at least 1
 * @param quota what the account allows all instances together
 */
public record Lane(String modelId, String region, Tier tier, int concurrency, Quota quota) {

  /** A lane of the default tier without a quota. */
  public Lane(String modelId, String region, int concurrency) {
    this(modelId, region, Tier.DEFAULT, concurrency, Quota.NONE);
  }

  /** Name in logs, metrics, results and stored attempts: {@code model@region}, {@code +tier}. */
  public String name() {
    String place = modelId + "@" + region;
    return tier == Tier.DEFAULT ? place : place + "+" + tier.word();
  }

  /** The model, whatever the profile that it is called by. */
  public String bareModelId() {
    return ProfiledModel.of(modelId).modelId();
  }
}

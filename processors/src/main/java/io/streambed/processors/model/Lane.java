/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

/**
 * One model in one region, with its own permits and breaker.
 *
 * @param modelId the provider's model id, or id or ARN of an inference profile
 * @param region AWS region
 * @param concurrency most calls open at a time in one process; at least 1
 */
public record Lane(String modelId, String region, int concurrency) {

  /** Name in logs, metrics and stored attempts. */
  public String name() {
    return modelId + "@" + region;
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.catalog;

/**
 * What a model's prompt cache can do.
 *
 * @param minimum fewest tokens before a cache point; 0 for a model without a cache
 * @param tools whether a point may stand behind the tools
 * @param hour whether it keeps what is written for an hour, if asked
 */
public record PromptCaching(int minimum, boolean tools, boolean hour) {

  /** Whether there is one. */
  public boolean exists() {
    return minimum > 0;
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.quota;

import java.util.OptionalLong;

/**
 * What an account may use of one model in one region.
 *
 * @param requestsPerMinute calls a minute; absent means no limit
 * @param tokensPerMinute tokens a minute; absent means no limit
 */
public record Quota(OptionalLong requestsPerMinute, OptionalLong tokensPerMinute) {
  /** No limit. */
  public static final Quota UNLIMITED = new Quota(OptionalLong.empty(), OptionalLong.empty());

  /** A limit of calls only. */
  public static Quota requests(long perMinute) {
    return new Quota(OptionalLong.of(perMinute), OptionalLong.empty());
  }

  /** A limit of tokens only. */
  public static Quota tokens(long perMinute) {
    return new Quota(OptionalLong.empty(), OptionalLong.of(perMinute));
  }
}

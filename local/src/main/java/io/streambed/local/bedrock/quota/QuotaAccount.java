/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.quota;

import java.util.Optional;

/**
 * Bedrock's arithmetic for one model in one region: at its start a call reserves its input and the
 * most it may write; when it ends, what it did use is charged and the rest given back. Times are
 * those of a monotonic clock. Not safe for several threads.
 */
final class QuotaAccount {
  private final Optional<Bucket> requests;
  private final Optional<Bucket> tokens;

  QuotaAccount(Quota quota, long nowNanos) {
    this.requests = bucket(quota.requestsPerMinute().stream().boxed().findFirst(), nowNanos);
    this.tokens = bucket(quota.tokensPerMinute().stream().boxed().findFirst(), nowNanos);
  }

  Admission reserve(long amount, long nowNanos) {
    if (requests.filter(bucket -> !bucket.has(1, nowNanos)).isPresent()) {
      return new Admission.TooManyRequests();
    }
    if (tokens.filter(bucket -> !bucket.has(amount, nowNanos)).isPresent()) {
      return new Admission.TooManyTokens();
    }
    requests.ifPresent(bucket -> bucket.take(1, nowNanos));
    tokens.ifPresent(bucket -> bucket.take(amount, nowNanos));
    return new Admission.Granted(amount);
  }

  void settle(long reserved, long used, long nowNanos) {
    tokens.ifPresent(bucket -> bucket.take(used - reserved, nowNanos));
  }

  private static Optional<Bucket> bucket(Optional<Long> perMinute, long nowNanos) {
    return perMinute.map(limit -> new Bucket(limit, nowNanos));
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.ledger;

import io.streambed.local.bedrock.wire.Operation;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of a call: never its body.
 *
 * @param receivedAt when the whole request had been read
 * @param operation what was asked for
 * @param modelId model id, profile id or ARN, as the caller named it
 * @param region the region that the request was signed for
 * @param tier the service tier that it names; {@code default} where it names none
 * @param metadata the request's metadata
 * @param bodySha256 SHA-256 of the body, in hexadecimal
 * @param bodyBytes size of the body
 */
public record CallFacts(
    Instant receivedAt,
    Operation operation,
    String modelId,
    String region,
    String tier,
    Map<String, String> metadata,
    String bodySha256,
    int bodyBytes) {

  /** Name of the metadata entry that holds the id of the attempt. */
  public static final String ATTEMPT_KEY = "streambed-attempt";

  public CallFacts {
    metadata = Map.copyOf(metadata);
  }

  /** Id of the attempt that the call belongs to, if the caller told it. */
  public Optional<String> attemptId() {
    return Optional.ofNullable(metadata.get(ATTEMPT_KEY));
  }
}

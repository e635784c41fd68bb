/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock;

import io.streambed.local.bedrock.wire.Operation;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a path such as {@code /model/amazon.titan-embed-text-v2%3A0/invoke} asks for.
 *
 * @param modelId the decoded model id, profile id or ARN
 * @param operation the operation
 */
record ModelPath(String modelId, Operation operation) {
  private static final String PREFIX = "/model/";

  /** Reads a path that is not decoded yet: an ARN holds slashes. */
  static Optional<ModelPath> parse(String rawPath) {
    int slash = rawPath.lastIndexOf('/');
    if (!rawPath.startsWith(PREFIX) || slash < PREFIX.length()) {
      return Optional.empty();
    }
    String encoded = rawPath.substring(PREFIX.length(), slash).replace("+", "%2B");
    return Operation.ofPathEnd(rawPath.substring(slash + 1))
        .flatMap(operation -> decode(encoded).map(id -> new ModelPath(id, operation)));
  }

  private static Optional<String> decode(String encoded) {
    try {
      return Optional.of(URLDecoder.decode(encoded, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What a call is answered with, unless a fault or a quota prevents it. */
public sealed interface Answer {

  /** Tokens that are billed. */
  Usage usage();

  /**
   * A model's message, for Converse and ConverseStream.
   *
   * @param blocks at least one
   * @param stopReason why the model stopped, in Bedrock's spelling
   */
  record Message(List<Block> blocks, String stopReason, Usage usage) implements Answer {
    public Message {
      blocks = List.copyOf(blocks);
    }

    /** The same with other tokens. */
    public Message withUsage(Usage newUsage) {
      return new Message(blocks, stopReason, newUsage);
    }
  }

  /**
   * Vectors, for InvokeModel.
   *
   * @param body the model family's own answer body
   * @param texts how many texts were embedded
   * @param counted whether the answer's headers carry the token count
   */
  record Vectors(ObjectNode body, int texts, Usage usage, boolean counted) implements Answer {}

  /** A count of tokens, which costs nothing. */
  record Count(long tokens) implements Answer {
    @Override
    public Usage usage() {
      return Usage.NONE;
    }
  }

  /** Refused, as the real service would refuse it. */
  record Refusal(ErrorType type, String message) implements Answer {
    /** A request that is wrong. */
    public static Refusal invalid(String message) {
      return new Refusal(ErrorType.VALIDATION, message);
    }

    @Override
    public Usage usage() {
      return Usage.NONE;
    }
  }
}

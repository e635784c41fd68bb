/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.wire;

import java.util.Optional;

/** An operation of Bedrock's runtime. */
public enum Operation {
  CONVERSE("Converse", "converse"),
  CONVERSE_STREAM("ConverseStream", "converse-stream"),
  INVOKE_MODEL("InvokeModel", "invoke"),
  COUNT_TOKENS("CountTokens", "count-tokens");

  private final String title;
  private final String pathEnd;

  Operation(String title, String pathEnd) {
    this.title = title;
    this.pathEnd = pathEnd;
  }

  /** The name in AWS' documentation. */
  public String title() {
    return title;
  }

  /** The operation whose path ends so. */
  public static Optional<Operation> ofPathEnd(String pathEnd) {
    for (Operation operation : values()) {
      if (operation.pathEnd.equals(pathEnd)) {
        return Optional.of(operation);
      }
    }
    return Optional.empty();
  }

  /** The operation of that title. */
  public static Optional<Operation> ofTitle(String title) {
    for (Operation operation : values()) {
      if (operation.title.equalsIgnoreCase(title)) {
        return Optional.of(operation);
      }
    }
    return Optional.empty();
  }
}

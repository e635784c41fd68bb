/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import com.fasterxml.jackson.core.JsonLocation;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A price file is wrong: the operator's mistake. The message says where and what. */
public final class PriceTableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private PriceTableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static PriceTableException at(String place, String problem) {
    return new PriceTableException("price table: " + place + ": " + problem, null);
  }

  static PriceTableException unreadable(String problem, @Nullable JsonLocation place) {
    String line = place == null ? "" : " (line " + place.getLineNr() + ")";
    return new PriceTableException("price table: " + problem + line, null);
  }

  static PriceTableException unreadable(IOException cause) {
    return new PriceTableException("price table: it cannot be read", cause);
  }
}

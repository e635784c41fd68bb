/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import io.streambed.schemas.VectorEncoding;
import java.util.List;

/** An embedding: numbers as floats, or packed in bytes where they are coded otherwise. */
public sealed interface Vector {

  /** Number of dimensions. */
  int dimensions();

  /** One float a dimension. */
  record Floats(List<Float> values) implements Vector {
    @Override
    public int dimensions() {
      return values.size();
    }
  }

  /**
   * Numbers of another encoding than FLOAT.
   *
   * @param bytes a byte a number (INT8, UINT8) or a bit (BINARY, UBINARY)
   */
  record Packed(VectorEncoding encoding, byte[] bytes, int dimensions) implements Vector {}
}

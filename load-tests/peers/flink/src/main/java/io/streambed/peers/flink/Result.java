/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.peers.flink;

/** A result as it goes. In the form that Flink's own serializer takes. */
public final class Result {
  /** Key of the record. */
  public byte[] key = {};

  /** Value of the record. */
  public byte[] value = {};

  /** For Flink. */
  public Result() {}
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.peers.flink;

import org.jspecify.annotations.Nullable;

/** A request as it came. In the form that Flink's own serializer takes. */
public final class Prompt {
  /** Key of the record. */
  public byte @Nullable [] key;

  /** Value of the record. */
  public byte[] value = {};

  /** Timestamp of the record, in milliseconds. */
  public long timestamp;

  /** Topic, partition and offset. */
  public String place = "";

  /** For Flink. */
  public Prompt() {}
}

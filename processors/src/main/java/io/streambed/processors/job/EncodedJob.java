/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.job;

import io.streambed.schemas.state.Job;

/**
 * A job as it was read, with the bytes that it was read from: where it is written on unchanged,
 * they are, because encoding it anew costs as much as all else that is done to take it in.
 *
 * @param bytes not to be changed; they may be of an older schema
 */
public record EncodedJob(Job job, byte[] bytes) {

  /** Reads a job. */
  public static EncodedJob of(byte[] bytes) {
    return new EncodedJob(HeldJob.decode(bytes), bytes);
  }

  @Override
  public String toString() {
    return "EncodedJob[" + bytes.length + " bytes]";
  }
}

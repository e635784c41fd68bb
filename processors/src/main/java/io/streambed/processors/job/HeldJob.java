/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streambed.schemas.released.ReleasedSchemas;
import io.streambed.schemas.state.Job;
import java.nio.ByteBuffer;

/**
 * A job in the topic of held jobs: its key names the partition of the task that holds it and the
 * place of its request, so that the topic can be compacted and the job comes back to the same task.
 */
public final class HeldJob {

  private static final StateCodec<Job> CODEC =
      new StateCodec<>(Job.class, ReleasedSchemas.of(Job.class));

  private HeldJob() {}

  public static byte[] key(int partition, Job job) {
    byte[] place =
        (job.getSourceTopic() + "-" + job.getSourcePartition() + "-" + job.getSourceOffset())
            .getBytes(UTF_8);
    return ByteBuffer.allocate(Integer.BYTES + place.length).putInt(partition).put(place).array();
  }

  /** The partition that a key names. */
  public static int partition(byte[] key) {
    return ByteBuffer.wrap(key).getInt();
  }

  public static byte[] encode(Job job) {
    return CODEC.encode(job);
  }

  public static Job decode(byte[] bytes) {
    return CODEC.decode(bytes);
  }
}

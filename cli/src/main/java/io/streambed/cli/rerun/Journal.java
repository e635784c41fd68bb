/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

import io.streambed.cli.cluster.RunReader;
import io.streambed.cli.replay.Standing;
import io.streambed.schemas.ReplayProgress;
import io.streambed.schemas.ReplayRun;
import io.streambed.schemas.ReplayState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What the topic of runs says of one, read and written by who makes it. Not for use by several
 * threads.
 */
final class Journal implements AutoCloseable {

  private static final Duration NOW = Duration.ZERO;

  private final String run;
  private final SliceWriter writer;
  private final RunReader reader;
  private final String process = UUID.randomUUID().toString();
  private Standing standing;

  /**
   * @param standing what is known of the run before anything is read
   */
  Journal(Standing standing, SliceWriter writer, RunReader reader) {
    this.run = standing.run();
    this.standing = standing;
    this.writer = writer;
    this.reader = reader;
  }

  /** Makes the run this process's own, and reads how far it is. */
  void begin() {
    writer.begin();
    hear(reader.toEnd());
  }

  /** Reads orders that have come. */
  void listen() {
    hear(reader.poll(NOW));
  }

  private void hear(List<ReplayRun> records) {
    for (ReplayRun record : records) {
      if (record.getRun().equals(run)) {
        standing = standing.and(record);
      }
    }
  }

  /** How far it is. */
  Standing standing() {
    return standing;
  }

  /** Writes a slice and how far it brings the run. */
  void write(List<Slice.Judged> slice, Tally tally, Open open, ReplayState state, Instant now) {
    ReplayProgress progress = tally.progress(state, open, process, now);
    writer.write(slice, progress, now);
    standing = standing.and(ReplayRun.newBuilder().setRun(run).setProgress(progress).build());
  }

  @Override
  public void close() {
    writer.close();
    reader.close();
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.topology;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file in the state directory for as long as an instance runs. A start that finds it knows that
 * the last run did not end in order, and that the stores may hold what was never committed. Kafka
 * Streams would find that out of each store by itself, by opening it twice and failing its task,
 * before it reads it again from its changelog: seconds in which nothing is settled.
 */
public final class RunningMark {

  private static final Logger LOG = LoggerFactory.getLogger(RunningMark.class);
  private static final String FILE = "streambed-running";

  /** What Kafka Streams calls the folder of a task's stores. */
  private static final Pattern TASK = Pattern.compile("\\d+_\\d+");

  private final Path folder;

  /** That of an application's state. */
  public RunningMark(Path stateDir, String applicationId) {
    this.folder = stateDir.resolve(applicationId);
  }

  /**
   * Takes away what cannot be used, and sets the mark. To be called once Kafka Streams is built,
   * which holds the lock of the state directory from then on, and before it is started. Not done by
   * its {@code cleanUp}, which warns of what it leaves in the folder.
   *
   * @throws IOException if the state directory cannot be written
   */
  public void set() throws IOException {
    if (Files.exists(folder.resolve(FILE))) {
      LOG.atInfo().log("the last run did not end in order; its state is read again from Kafka");
      for (Path task : tasks()) {
        Utils.delete(task.toFile());
      }
    }
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(FILE), "");
  }

  private List<Path> tasks() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> TASK.matcher(file.getFileName().toString()).matches()).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * The run has ended in order.
   *
   * @throws IOException if the state directory cannot be written
   */
  public void remove() throws IOException {
    Files.deleteIfExists(folder.resolve(FILE));
  }
}

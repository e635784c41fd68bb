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
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file in the state directory that says when the last run ended in order. A start that does not
 * find it knows that the stores may hold what was never committed. Kafka Streams would find that
 * out of each store by itself, by opening it twice and failing its task, before it reads it again
 * from its changelog: seconds in which nothing is settled.
 *
 * <p>Stores that were left alone for too long are of no use either: what was deleted since may have
 * left the changelog together with the word that it was, and would stay in them.
 */
public final class OrderlyEnd {

  private static final Logger LOG = LoggerFactory.getLogger(OrderlyEnd.class);
  private static final String FILE = "streambed-ended";

  /** How long changelogs say that something was deleted, after the compaction that found it so. */
  static final Duration DELETIONS_KEPT = Duration.ofHours(1);

  /** Stores left alone for longer are not used; the rest of the hour is for clocks that differ. */
  public static final Duration USABLE = DELETIONS_KEPT.dividedBy(2);

  /** What Kafka Streams calls the folder of a task's stores. */
  private static final Pattern TASK = Pattern.compile("\\d+_\\d+");

  private final Path folder;

  /** That of an application's state. */
  public OrderlyEnd(Path stateDir, String applicationId) {
    this.folder = stateDir.resolve(applicationId);
  }

  /**
   * A run begins: takes away what cannot be used, and the file. To be called once Kafka Streams is
   * built, which holds the lock of the state directory from then on, and before it is started. Not
   * done by its {@code cleanUp}, which warns of what it leaves in the folder.
   *
   * @throws IOException if the state directory cannot be written
   */
  public void begin(Instant now) throws IOException {
    Files.createDirectories(folder);
    List<Path> tasks = tasks();
    if (!tasks.isEmpty() && !isUsable(now)) {
      LOG.atInfo().log(
          "the last run did not end in order, or long ago; its state is read from Kafka");
      for (Path task : tasks) {
        Utils.delete(task.toFile());
      }
    }
    Files.deleteIfExists(folder.resolve(FILE));
  }

  private boolean isUsable(Instant now) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return false;
    }
    try {
      Instant ended = Instant.parse(Files.readString(file));
      return !ended.isAfter(now) && !ended.plus(USABLE).isBefore(now);
    } catch (DateTimeException e) {
      return false;
    }
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
  public void end(Instant now) throws IOException {
    Files.writeString(folder.resolve(FILE), now.toString());
  }
}

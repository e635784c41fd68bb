/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.cluster;

import io.streambed.cli.settlement.Settlement;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.EmbeddingResult;
import io.streambed.schemas.PromptResult;
import io.streambed.schemas.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads settlements as they are committed. Not for use by several threads, but for {@link #wakeup}.
 */
public final class SettlementReader implements AutoCloseable {
  private final TopicReader<Settlement> reader;

  private SettlementReader(TopicReader<Settlement> reader) {
    this.reader = reader;
  }

  /** What can be read. */
  public enum Kind {
    PROMPTS,
    EMBEDDINGS,
    DEAD_LETTERS;

    /** Everything. */
    public static Set<Kind> all() {
      return EnumSet.allOf(Kind.class);
    }
  }

  /**
   * Opens a reader.
   *
   * @param kinds which topics to read
   * @param start where to begin
   * @throws MissingTopicException if a topic does not exist
   */
  public static SettlementReader open(
      Cluster cluster, KafkaAccess kafka, Set<Kind> kinds, Start start) {
    Map<String, Function<Decoding, Settlement>> topics = new LinkedHashMap<>();
    Topics names = cluster.topics();
    for (Kind kind : kinds) {
      switch (kind) {
        case PROMPTS ->
            topics.put(
                names.promptResults(),
                value -> new Settlement.Answered(value.as(PromptResult.class)));
        case EMBEDDINGS ->
            topics.put(
                names.embeddingResults(),
                value -> new Settlement.Embedded(value.as(EmbeddingResult.class)));
        case DEAD_LETTERS ->
            topics.put(
                names.deadLetters(), value -> new Settlement.Dead(value.as(DeadLetter.class)));
      }
    }
    return new SettlementReader(TopicReader.open(cluster, kafka, topics, start));
  }

  /**
   * What came since the last call.
   *
   * @param limit longest time to wait for something
   */
  public List<Settlement> poll(Duration limit) {
    return reader.poll(limit);
  }

  /** Everything that is committed now and was not read yet, oldest first. */
  public List<Settlement> toEnd() {
    List<Settlement> all = new ArrayList<>(reader.toEnd());
    all.sort(Comparator.comparing(Settlement::settledAt));
    return all;
  }

  /** Everything that is committed now and was not read yet, handed on piece by piece. */
  public void toEnd(Consumer<Settlement> taker) {
    reader.toEnd(taker);
  }

  /** How many records so far could not be read, and were passed over. */
  public int unreadable() {
    return reader.unreadable();
  }

  /** Ends a {@link #poll} that waits, with an empty list; callable from any thread. */
  public void wakeup() {
    reader.wakeup();
  }

  @Override
  public void close() {
    reader.close();
  }
}

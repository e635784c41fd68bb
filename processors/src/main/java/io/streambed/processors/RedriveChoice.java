/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import io.streambed.processors.redrive.Pace;
import io.streambed.processors.redrive.RequestPlace;
import io.streambed.processors.redrive.Resend;
import io.streambed.processors.redrive.Rule;
import io.streambed.processors.redrive.Slice;
import io.streambed.processors.redrive.Verdict;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.serdes.AvroDeserializer;
import io.streambed.schemas.serdes.UnreadableRecordException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What of some dead letters goes into one transaction of the rule. For one thread. */
final class RedriveChoice {

  private final Rule rule;
  private final HandRedrives byHand;
  private final AvroDeserializer<DeadLetter> letters;
  private final Optional<Pace> pace;
  private final Predicate<String> topics;
  private final Map<String, Boolean> found = new HashMap<>();
  private final List<Resend> again = new ArrayList<>();
  private final List<Verdict.Parked> parked = new ArrayList<>();
  private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
  private int skipped;

  /**
   * @param pace how many requests may go; empty for none
   * @param topics whether there is a topic of this name; asked once for each
   */
  RedriveChoice(
      Rule rule,
      HandRedrives byHand,
      AvroDeserializer<DeadLetter> letters,
      Optional<Pace> pace,
      Predicate<String> topics) {
    this.rule = rule;
    this.byHand = byHand;
    this.letters = letters;
    this.pace = pace;
    this.topics = topics;
  }

  /** Adds what a dead letter leads to; or when to look at it again. */
  Optional<Instant> add(ConsumerRecord<byte[], byte[]> record, Instant now) {
    Optional<DeadLetter> letter = read(record);
    if (letter.isEmpty()) {
      return Optional.empty();
    }
    RequestPlace place = RequestPlace.of(letter.get());
    return switch (rule.decide(letter.get(), byHand.stateOf(place), now)) {
      case Rule.Next.Never never -> {
        skipped += never.why().isPresent() ? 1 : 0;
        yield Optional.empty();
      }
      case Rule.Next.Later(Instant at) -> Optional.of(at);
      case Rule.Next.Now(Verdict verdict) -> now(verdict, now);
    };
  }

  private Optional<Instant> now(Verdict verdict, Instant now) {
    switch (verdict) {
      case Verdict.Parked one -> parked.add(one);
      case Verdict.Again(Resend resend) -> {
        if (!found.computeIfAbsent(resend.topic(), topics::test)) {
          // A producer would wait for it, and hold up all others: the next session would come
          // to it again.
          skipped++;
          return Optional.empty();
        }
        Duration wait = pace.map(it -> it.wait(now)).orElse(Duration.ofSeconds(1));
        int slice = pace.map(Pace::slice).orElse(0);
        if (!wait.isZero() || again.size() >= slice) {
          // What goes now takes the room; how long that lasts is known once it has gone.
          return Optional.of(now.plus(wait));
        }
        again.add(resend);
      }
    }
    return Optional.empty();
  }

  private Optional<DeadLetter> read(ConsumerRecord<byte[], byte[]> record) {
    byte @Nullable [] value = record.value();
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(letters.deserialize(record.topic(), value));
    } catch (UnreadableRecordException e) {
      // Not written by a platform: nobody can say what it is about.
      return Optional.empty();
    }
  }

  /** A record was dealt with. */
  void read(TopicPartition partition, long offset) {
    offsets.put(partition, new OffsetAndMetadata(offset + 1));
  }

  /** Where to go on in each partition. */
  Map<TopicPartition, OffsetAndMetadata> offsets() {
    return offsets;
  }

  /** How many requests would be published if they could be. */
  int skipped() {
    return skipped;
  }

  /** What is to be written. */
  Slice slice() {
    return new Slice(again, parked);
  }
}

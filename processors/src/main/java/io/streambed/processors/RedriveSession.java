/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import io.streambed.processors.config.StreambedConfig;
import io.streambed.processors.redrive.Pace;
import io.streambed.processors.redrive.RedriveWriter;
import io.streambed.processors.redrive.Rule;
import io.streambed.processors.redrive.Slice;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.serdes.AvroDeserializer;
import io.streambed.schemas.serdes.AvroEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads dead letters in a group of all instances, and publishes the requests of some again: what
 * was read, what was published and what is said of it commit in one transaction. Ends with the
 * first failure; another session goes on from what was committed. For one thread, but for {@link
 * #wakeup}.
 */
final class RedriveSession implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RedriveSession.class);
  private static final Duration POLL = Duration.ofMillis(500);

  /** Dead letters of one partition are written by several tasks, and not quite in order. */
  private static final Duration DISORDER = Duration.ofMinutes(1);

  private final String deadLetters;
  private final int perMinute;
  private final Rule rule;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final RedriveWriter writer;
  private final AvroDeserializer<DeadLetter> letters;
  private final HandRedrives byHand;
  private final InstantSource clock;
  private final ObjIntConsumer<String> told;

  private final Map<TopicPartition, Instant> held = new HashMap<>();
  private final Map<TopicPartition, Instant> heads = new HashMap<>();
  private final Set<TopicPartition> fresh = new HashSet<>();
  private final Set<String> missing = new HashSet<>();
  private Optional<Pace> pace = Optional.empty();

  /**
   * @param encoder prepared for the topic of redrives
   * @param letters reads dead letters
   * @param told is given how many requests had an outcome, once that is committed
   */
  RedriveSession(
      StreambedConfig config,
      Rule rule,
      RedriveClients clients,
      AvroEncoder encoder,
      AvroDeserializer<DeadLetter> letters,
      HandRedrives byHand,
      InstantSource clock,
      ObjIntConsumer<String> told) {
    this.deadLetters = config.topics().deadLetters();
    this.perMinute = config.redrive().perMinute();
    this.rule = rule;
    this.consumer = clients.consumer();
    this.producer = clients.producer();
    this.writer = new RedriveWriter(producer, encoder, config.topics().redrives());
    this.letters = letters;
    this.byHand = byHand;
    this.clock = clock;
    this.told = told;
  }

  /** Works until it is woken up. */
  void work() {
    producer.initTransactions();
    consumer.subscribe(List.of(deadLetters), new Assignments());
    while (true) {
      Instant now = clock.instant();
      resume(now);
      ConsumerRecords<byte[], byte[]> records = consumer.poll(untilDue(now));
      keepBeginning();
      if (!records.isEmpty()) {
        take(records);
      }
    }
  }

  private void resume(Instant now) {
    List<TopicPartition> due =
        held.entrySet().stream()
            .filter(one -> !one.getValue().isAfter(now))
            .map(Map.Entry::getKey)
            .toList();
    due.forEach(held::remove);
    consumer.resume(due);
  }

  /** What is held up must not wait for longer than until its time: a rate would not be reached. */
  private Duration untilDue(Instant now) {
    return held.values().stream()
        .min(Instant::compareTo)
        .map(due -> Duration.between(now, due))
        .filter(wait -> wait.compareTo(POLL) < 0)
        .orElse(POLL);
  }

  /** Where nothing was committed before, a restart must not begin at a later end. */
  private void keepBeginning() {
    if (fresh.isEmpty()) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> begin = new HashMap<>();
    consumer
        .committed(fresh)
        .forEach((partition, committed) -> {
          if (committed == null) {
            begin.put(partition, new OffsetAndMetadata(consumer.position(partition)));
          }
        });
    consumer.commitSync(begin);
    fresh.clear();
  }

  private void take(ConsumerRecords<byte[], byte[]> records) {
    Instant now = clock.instant();
    byHand.catchUp(oldest(records));
    RedriveChoice choice = new RedriveChoice(rule, byHand, letters, pace, this::exists);
    for (TopicPartition partition : records.partitions()) {
      for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
        heads.put(partition, Instant.ofEpochMilli(record.timestamp()));
        Optional<Instant> later = choice.add(record, now);
        if (later.isPresent()) {
          consumer.seek(partition, record.offset());
          consumer.pause(List.of(partition));
          held.put(partition, later.get());
          break;
        }
        choice.read(partition, record.offset());
      }
    }
    if (choice.offsets().isEmpty()) {
      return;
    }
    Slice slice = choice.slice();
    writer.write(
        slice, Rule.RUN, now, new RedriveWriter.Read(choice.offsets(), consumer.groupMetadata()));
    told.accept("redriven", slice.again().size());
    told.accept("parked", slice.parked().size());
    told.accept("skipped", choice.skipped());
    pace = pace.map(it -> it.after(slice.again().size(), now));
    if (heads.keySet().containsAll(consumer.assignment())) {
      heads.values().stream()
          .min(Instant::compareTo)
          .ifPresent(head -> byHand.forgetBefore(head.minus(DISORDER)));
    }
  }

  /** Whether there is a topic; says so where there is none, and once in a session. */
  private boolean exists(String topic) {
    if (!consumer.partitionsFor(topic).isEmpty()) {
      missing.remove(topic);
      return true;
    }
    if (missing.add(topic)) {
      LOG.atWarn()
          .addKeyValue("topic", topic)
          .log(
              "requests of dead letters are passed over, because the topic that they would go to"
                  + " does not exist; ./streambed redrive --to sends them to another");
    }
    return false;
  }

  private static Instant oldest(ConsumerRecords<byte[], byte[]> records) {
    long oldest = Long.MAX_VALUE;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      oldest = Math.min(oldest, record.timestamp());
    }
    return Instant.ofEpochMilli(oldest).minus(DISORDER);
  }

  /** Ends {@link #work} with a WakeupException. */
  void wakeup() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
    // Who stops in order says so, or nobody would take over before its session ends.
    consumer.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
    byHand.close();
  }

  /** Each instance has the part of the rate that it has of the partitions. */
  private final class Assignments implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      fresh.addAll(partitions);
      share();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      partitions.forEach(partition -> {
        held.remove(partition);
        heads.remove(partition);
        fresh.remove(partition);
      });
    }

    private void share() {
      int own = consumer.assignment().size();
      int all = consumer.partitionsFor(deadLetters).size();
      double perSecond = perMinute / 60.0 * own / Math.max(1, all);
      Instant free = pace.map(Pace::free).orElse(Instant.MIN);
      pace = own == 0 ? Optional.empty() : Optional.of(new Pace(perSecond, free));
    }
  }
}

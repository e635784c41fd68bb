/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.bench;

import io.streambed.loadtests.judgement.Settlement;
import io.streambed.loadtests.judgement.Usage;
import io.streambed.schemas.CallOutcome;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.PromptResult;
import io.streambed.schemas.UsageEvent;
import io.streambed.schemas.registry.RegistryConfig;
import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.serdes.AvroDeserializer;
import io.streambed.schemas.topics.Topics;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads results, dead letters and usage events from the first on, committed ones only, and notes
 * when it saw each. Safe for use by many threads.
 */
public final class Verifier implements AutoCloseable {
  private static final Topics TOPICS = Topics.defaults();

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final SchemaRegistryClient registry;
  private final AvroDeserializer<PromptResult> results;
  private final AvroDeserializer<DeadLetter> deadLetters;
  private final AvroDeserializer<UsageEvent> usageEvents;
  private final List<Settlement> settlements = new ArrayList<>();
  private final Set<String> settled = new HashSet<>();
  private final List<Usage> usage = new ArrayList<>();
  private final AtomicReference<@Nullable CountDownLatch> askedToCatchUp = new AtomicReference<>();
  private int possiblyBilled;
  private final Thread reader;
  private @Nullable RuntimeException failure;

  Verifier(String kafka, String registryUrl) {
    this.registry = new SchemaRegistryClient(RegistryConfig.of(URI.create(registryUrl)));
    this.results = new AvroDeserializer<>(registry, PromptResult.class);
    this.deadLetters = new AvroDeserializer<>(registry, DeadLetter.class);
    this.usageEvents = new AvroDeserializer<>(registry, UsageEvent.class);
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5_000,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> all = new ArrayList<>();
    for (String topic :
        List.of(TOPICS.promptResults(), TOPICS.deadLetters(), TOPICS.usageEvents())) {
      consumer
          .partitionsFor(topic)
          .forEach(part -> all.add(new TopicPartition(topic, part.partition())));
    }
    consumer.assign(all);
    consumer.seekToBeginning(all);
    this.reader = Thread.ofPlatform().daemon().name("verifier").start(this::read);
  }

  private void read() {
    try {
      while (true) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(200));
        long nanos = System.nanoTime();
        long millis = System.currentTimeMillis();
        for (ConsumerRecord<byte[], byte[]> one : records) {
          note(one, millis, nanos);
        }
        catchUp();
      }
    } catch (WakeupException e) {
      // That is how it is ended.
    } catch (RuntimeException e) {
      fail(e);
    } finally {
      consumer.close();
    }
  }

  private void catchUp() {
    CountDownLatch asked = askedToCatchUp.get();
    if (asked != null
        && consumer.endOffsets(consumer.assignment()).entrySet().stream()
            .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
      askedToCatchUp.set(null);
      asked.countDown();
    }
  }

  /** Waits until everything that is committed has been read; false if it is not in time. */
  boolean awaitCaughtUp(Duration limit) {
    CountDownLatch latch = new CountDownLatch(1);
    askedToCatchUp.set(latch);
    try {
      return latch.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void note(ConsumerRecord<byte[], byte[]> one, long millis, long nanos) {
    if (one.topic().equals(TOPICS.usageEvents())) {
      UsageEvent event = usageEvents.deserialize(one.topic(), one.value());
      if (event != null) {
        add(
            new Usage(
                event.getAttemptId(),
                event.getTenant(),
                outcome(event),
                event.getCostPicoDollars(),
                nanos));
      }
    } else if (one.topic().equals(TOPICS.deadLetters())) {
      DeadLetter dead = deadLetters.deserialize(one.topic(), one.value());
      if (dead != null) {
        add(of(dead, millis, nanos));
      }
    } else {
      PromptResult result = results.deserialize(one.topic(), one.value());
      if (result != null) {
        add(of(result, millis, nanos));
      }
    }
  }

  private static Usage.Outcome outcome(UsageEvent event) {
    CallOutcome outcome = event.getOutcome();
    return switch (outcome) {
      case ANSWERED -> Usage.Outcome.ANSWERED;
      case FAILED -> Usage.Outcome.FAILED;
      case POSSIBLY_BILLED -> Usage.Outcome.POSSIBLY_BILLED;
      case UNKNOWN -> throw new BenchException("a usage event of unknown outcome", null);
    };
  }

  private static Settlement of(PromptResult result, long millis, long nanos) {
    return new Settlement(
        result.getId(),
        Optional.empty(),
        result.getAttemptId(),
        result.getCostPicoDollars(),
        result.getPossiblyBilledAttempts(),
        result.getSource().name(),
        millis,
        nanos);
  }

  private static Settlement of(DeadLetter dead, long millis, long nanos) {
    return new Settlement(
        dead.getId(),
        Optional.of(dead.getCode().name()),
        Optional.empty(),
        dead.getSpentPicoDollars(),
        dead.getPossiblyBilledAttempts(),
        "",
        millis,
        nanos);
  }

  private synchronized void fail(RuntimeException e) {
    failure = e;
    notifyAll();
  }

  /** What cannot be read cannot be judged either. */
  private void requireHealth() {
    if (failure != null) {
      throw new BenchException("the results cannot be read any more", failure);
    }
  }

  private synchronized void add(Settlement settlement) {
    settlements.add(settlement);
    settled.add(settlement.id());
    notifyAll();
  }

  private synchronized void add(Usage one) {
    usage.add(one);
    possiblyBilled += one.outcome() == Usage.Outcome.POSSIBLY_BILLED ? 1 : 0;
  }

  /** How many requests have been settled, each counted once. */
  public synchronized int settled() {
    return settled.size();
  }

  /** How many settlements have been seen, those of repeats too. */
  public synchronized int seen() {
    requireHealth();
    return settlements.size();
  }

  /** Everything that was seen so far, in the order in which it was read. */
  public synchronized List<Settlement> settlements() {
    requireHealth();
    return List.copyOf(settlements);
  }

  /** The usage events seen so far. */
  public synchronized List<Usage> usage() {
    return List.copyOf(usage);
  }

  /** How many attempts have been told as possibly billed. */
  public synchronized int possiblyBilled() {
    return possiblyBilled;
  }

  /** Waits until so many requests have been settled; false if they are not in time. */
  public synchronized boolean awaitSettled(int count, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    try {
      while (settled.size() < count) {
        requireHealth();
        long left = end - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        wait(Math.max(1, Math.min(500, left / 1_000_000)));
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** How many settlements were read in a stretch of time, by {@link System#nanoTime}. */
  public synchronized int settledBetween(long fromNanos, long toNanos) {
    int count = 0;
    for (int i = settlements.size() - 1; i >= 0; i--) {
      long seen = settlements.get(i).seenNanos();
      if (seen < fromNanos) {
        break;
      }
      if (seen < toNanos) {
        count++;
      }
    }
    return count;
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      reader.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    registry.close();
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.topology;

import io.streambed.processors.job.PausedPartitions;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A consumer that leaves out partitions whose task has enough to do. Kafka Streams pauses and
 * resumes partitions for its own buffers; both wishes hold, and a partition is read when neither is
 * against it. Looked at before each poll, on the stream thread.
 */
final class PausingConsumer implements InvocationHandler {

  /** Wait for records while little is going on; shorter ones cost a few percent of a core. */
  private static final Duration QUIET_POLL = Duration.ofMillis(20);

  private final Consumer<byte[], byte[]> consumer;
  private final PausedPartitions paused;
  private final ReadAhead readAhead;
  private final ReadAhead.Watch ahead;
  private final BooleanSupplier draining;
  private final BooleanSupplier quiet;
  private final StepBack stepBack;
  private final Set<TopicPartition> ours = new HashSet<>();
  private final Set<TopicPartition> theirs = new HashSet<>();

  private PausingConsumer(
      Consumer<byte[], byte[]> consumer,
      PausedPartitions paused,
      ReadAhead readAhead,
      BooleanSupplier draining,
      BooleanSupplier quiet,
      StepBack stepBack) {
    this.consumer = consumer;
    this.paused = paused;
    this.readAhead = readAhead;
    this.ahead = readAhead.watch();
    this.draining = draining;
    this.quiet = quiet;
    this.stepBack = stepBack;
  }

  /**
   * Wraps a consumer.
   *
   * @param draining whether nothing shall be read any more
   * @param quiet whether little is going on, so that the thread need not look often for ended calls
   */
  @SuppressWarnings("unchecked") // the proxy implements exactly the consumer's interface
  static Consumer<byte[], byte[]> around(
      Consumer<byte[], byte[]> consumer,
      PausedPartitions paused,
      ReadAhead readAhead,
      BooleanSupplier draining,
      BooleanSupplier quiet,
      StepBack stepBack) {
    return (Consumer<byte[], byte[]>)
        Proxy.newProxyInstance(
            Consumer.class.getClassLoader(),
            new Class<?>[] {Consumer.class},
            new PausingConsumer(consumer, paused, readAhead, draining, quiet, stepBack));
  }

  @Override
  @SuppressWarnings("unchecked") // pause and resume take collections of partitions
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    switch (method.getName()) {
      case "pause" -> theirs.addAll((Collection<TopicPartition>) argument(arguments));
      case "resume" -> {
        Set<TopicPartition> wanted =
            new HashSet<>((Collection<TopicPartition>) argument(arguments));
        theirs.removeAll(wanted);
        wanted.removeAll(ours);
        consumer.resume(wanted);
        return null;
      }
      case "poll" -> {
        stepBack.check();
        apply();
        ConsumerRecords<byte[], byte[]> records =
            consumer.poll(patience((Duration) argument(arguments)));
        ahead.read(records);
        return records;
      }
      case "close" -> {
        if (!draining.getAsBoolean()) {
          leave();
          return null;
        }
      }
      default -> {}
    }
    try {
      return method.invoke(consumer, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  /** A record ends the wait at once; only ended calls are noticed as late as it lasts. */
  private Duration patience(Duration asked) {
    boolean longer = asked.isPositive() && asked.compareTo(QUIET_POLL) < 0 && quiet.getAsBoolean();
    return longer ? QUIET_POLL : asked;
  }

  /**
   * A thread that failed is replaced by one with another member's name. Kafka Streams lets the dead
   * one stay a member all the same, and its work would wait for the session's end.
   */
  private void leave() {
    consumer.close(
        CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
  }

  private void apply() {
    boolean stops = draining.getAsBoolean();
    Set<TopicPartition> assigned = consumer.assignment();
    boolean enough =
        ahead.isEnough(assigned, this::isFull, consumer::currentLag, consumer::position);
    if (!stops && !enough && ours.isEmpty() && theirs.isEmpty() && paused.isEmpty()) {
      return;
    }
    // The consumer's own word: a partition that went and came back is not paused any more.
    Set<TopicPartition> stopped = consumer.paused();
    ours.retainAll(assigned);
    theirs.retainAll(assigned);
    for (TopicPartition partition : assigned) {
      boolean stop =
          stops || paused.isPaused(partition) || (enough && readAhead.isRequest(partition));
      if (stop) {
        ours.add(partition);
        if (!stopped.contains(partition)) {
          consumer.pause(List.of(partition));
        }
      } else if (ours.remove(partition) && !theirs.contains(partition)) {
        consumer.resume(List.of(partition));
      }
    }
  }

  /** Whether a partition's task or its buffer in Kafka Streams takes no more for now. */
  private boolean isFull(TopicPartition partition) {
    return paused.isPaused(partition) || theirs.contains(partition);
  }

  private static Object argument(@Nullable Object @Nullable [] arguments) {
    if (arguments == null || arguments[0] == null) {
      throw new IllegalArgumentException("a collection of partitions is expected");
    }
    return arguments[0];
  }
}

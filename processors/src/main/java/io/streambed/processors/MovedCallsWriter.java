/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streambed.processors.config.StreambedConfig;
import io.streambed.processors.invocation.Departures;
import io.streambed.processors.job.StateCodec;
import io.streambed.schemas.released.ReleasedSchemas;
import io.streambed.schemas.state.EndedCall;
import io.streambed.schemas.state.MovedCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to the topic of moved calls, on a thread of its own and outside of any transaction: what
 * an instance says of its open calls is true whatever becomes of its tasks' transactions. Safe for
 * use by many threads.
 */
final class MovedCallsWriter implements Departures, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MovedCallsWriter.class);

  /** How often it is said that a call is still open; a fifth of the silence that means the end. */
  private static final Duration GAP = Duration.ofSeconds(1);

  /** How long a task that closes waits until what it leaves is told. */
  private static final Duration MOMENT = Duration.ofMillis(200);

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Attempts named in one record: some tens of kilobytes. */
  private static final int CHUNK = 1_000;

  private final String instance;
  private final String topic;
  private final int mostBytes;
  private final Map<String, Object> settings;
  private final StateCodec<MovedCalls> codec =
      new StateCodec<>(MovedCalls.class, ReleasedSchemas.of(MovedCalls.class));

  /** Made on the writer's thread, so that no start waits for it, and used there only. */
  private @Nullable Producer<byte[], byte[]> producer;

  private final Set<String> open = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("streambed-moved-calls-writer").factory());

  /**
   * @param instance what this process is called there
   * @param mostBytes of a record
   */
  MovedCallsWriter(StreambedConfig config, String instance, int mostBytes) {
    this.instance = instance;
    this.topic = config.topics().movedCalls();
    this.mostBytes = mostBytes;
    this.settings = new HashMap<>(config.kafka().client());
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, mostBytes);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
  }

  void start() {
    run(() -> {
      Producer<byte[], byte[]> first =
          new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
      producer = first;
      // The first that is told must not wait for the cluster's metadata.
      first.partitionsFor(topic);
    });
    thread.scheduleWithFixedDelay(
        () -> guarded(() -> sendOpen()), GAP.toMillis(), GAP.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void leaving(String attemptId) {
    open.add(attemptId);
  }

  @Override
  public void returned(String attemptId) {
    open.remove(attemptId);
  }

  @Override
  public void ended(EndedCall end) {
    String attemptId = end.getAttemptId();
    run(() -> {
      if (!open.contains(attemptId)) {
        return;
      }
      MovedCalls news = news().setEnded(end).build();
      // It is said to be open until its end is told; one that cannot be told is given up.
      send(news).whenComplete((told, failure) -> open.remove(attemptId));
    });
  }

  @Override
  public void tell(List<String> neverSent) {
    CompletableFuture<Void> told = new CompletableFuture<>();
    run(() -> {
      List<CompletableFuture<Void>> sent = new ArrayList<>(sendOpen());
      chunks(neverSent).forEach(ids -> sent.add(send(news().setNeverSent(ids).build())));
      CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
          .whenComplete((done, failure) -> told.complete(null));
      LOG.atInfo()
          .addKeyValue("open", open.size())
          .addKeyValue("neverSent", neverSent.size())
          .log("told other instances of calls whose task has left");
    });
    try {
      told.get(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.atInfo().log("other instances may not know in time of calls whose task has left");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<CompletableFuture<Void>> sendOpen() {
    return chunks(List.copyOf(open)).stream()
        .map(ids -> send(news().setOpen(ids).build()))
        .toList();
  }

  private static List<List<String>> chunks(List<String> ids) {
    List<List<String>> chunks = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += CHUNK) {
      chunks.add(ids.subList(from, Math.min(ids.size(), from + CHUNK)));
    }
    return chunks;
  }

  private MovedCalls.Builder news() {
    return MovedCalls.newBuilder().setInstance(instance);
  }

  /** Completes when the record is written, or exceptionally; on the writer's thread only. */
  private CompletableFuture<Void> send(MovedCalls news) {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    try {
      Objects.requireNonNull(producer)
          .send(
              new ProducerRecord<>(topic, instance.getBytes(UTF_8), codec.encode(news)),
              (metadata, failure) -> {
                if (failure == null) {
                  sent.complete(null);
                } else {
                  failed(failure);
                  sent.completeExceptionally(failure);
                }
              });
    } catch (RuntimeException e) {
      failed(e);
      sent.completeExceptionally(e);
    }
    return sent;
  }

  private void failed(Exception failure) {
    LOG.atWarn()
        .addKeyValue("topic", topic)
        .addKeyValue("mostBytes", mostBytes)
        .addKeyValue("failure", failure.getClass().getName())
        .log("other instances are not told of a call whose task has left; it may be paid twice");
  }

  private void run(Runnable task) {
    try {
      thread.execute(() -> guarded(task));
    } catch (RejectedExecutionException e) {
      LOG.atDebug().log("a call whose task has left has ended after the stop");
    }
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  /** Tells what is left to tell, and that no more will come. */
  @Override
  public void close() {
    run(() -> {
      if (!open.isEmpty()) {
        send(news().setGone(true).build());
      }
      if (producer != null) {
        producer.close(PATIENCE);
      }
    });
    thread.shutdown();
    try {
      if (!thread.awaitTermination(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

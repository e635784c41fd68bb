/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.serdes.AvroSerializer;
import io.streambed.schemas.serdes.SerdeConfig;
import io.streambed.schemas.topics.Topics;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Publishes requests. Each order is a {@link Batch} as JSON; the answer says how many Kafka has,
 * and comes when it has all. A record's time is the one it was due at, so that a load that falls
 * behind shows as latency. What Kafka has is in the file {@code --sent}, a line {@code id millis}
 * each.
 */
public final class LoadMain {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KafkaProducer<String, PromptRequest> producer;
  private final Path sent;

  private LoadMain(KafkaProducer<String, PromptRequest> producer, Path sent) {
    this.producer = producer;
    this.sent = sent;
  }

  /** Serves until the parent is gone. */
  public static void main(String[] arguments) throws IOException {
    Flags flags = Flags.of(arguments);
    KafkaProducer<String, PromptRequest> producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                flags.text("--kafka"),
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.BATCH_SIZE_CONFIG,
                128 * 1024,
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                StringSerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                AvroSerializer.class,
                SerdeConfig.URLS,
                flags.text("--registry")));
    LoadMain load = new LoadMain(producer, Path.of(flags.text("--sent")));
    Orders.serve("", order -> load.publish(JSON.readValue(order, Batch.class)));
  }

  private String publish(Batch batch) throws IOException {
    Choice choice = new Choice(batch);
    AtomicInteger failed = new AtomicInteger();
    long beganMillis = System.currentTimeMillis();
    long beganNanos = System.nanoTime();
    try (BufferedWriter file =
        Files.newBufferedWriter(
            sent, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      Gaps gaps = new Gaps(batch);
      for (int n = 0; n < batch.count(); n++) {
        long due = gaps.next();
        await(beganNanos + due);
        int number = batch.first() + n;
        String id = Batch.id(number);
        int prompt = choice.prompt(number);
        long millis =
            batch.pace().perSecond() > 0
                ? beganMillis + TimeUnit.NANOSECONDS.toMillis(due)
                : System.currentTimeMillis();
        String key = batch.sender().key().equals("prompt") ? Integer.toString(prompt) : id;
        producer.send(
            new ProducerRecord<>(
                Topics.defaults().promptRequests(),
                null,
                millis,
                key,
                Prompts.request(id, number, prompt, batch)),
            (done, failure) -> {
              if (failure != null) {
                failed.incrementAndGet();
              }
            });
        file.write(id + " " + millis + "\n");
      }
      producer.flush();
    }
    // A request that Kafka may or may not have makes every later judgement worthless.
    return failed.get() == 0 ? "published " + batch.count() : "FAILED " + failed.get();
  }

  private static void await(long dueNanos) {
    for (long left = dueNanos - System.nanoTime(); left > 0; left = dueNanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streambed.loadtests.process.Child;
import io.streambed.loadtests.service.Batch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The process that publishes requests. One order at a time. */
public final class Load {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SPARE = Duration.ofMinutes(2);

  private final Child child;
  private final Path sent;

  Load(Child child, Path sent) {
    this.child = child;
    this.sent = sent;
  }

  /** Publishes; Kafka has all when this returns. */
  public void publish(Batch batch) {
    double seconds = batch.pace().perSecond() > 0 ? batch.count() / batch.pace().perSecond() : 0;
    String answer = child.ask(json(batch), SPARE.plus(Duration.ofMillis((long) (1000 * seconds))));
    if (!answer.equals("published " + batch.count())) {
      throw new BenchException("the load was not published: " + answer, null);
    }
  }

  /** Begins to publish; completes when Kafka has all. */
  public CompletableFuture<Void> begin(Batch batch) {
    return CompletableFuture.runAsync(() -> publish(batch), Load::onThread);
  }

  /** On a thread of its own: the JVM's common pool has few, and HTTP clients need them. */
  static void onThread(Runnable work) {
    Thread.ofPlatform().daemon().name("load").start(work);
  }

  /** When each request was due to be published, milliseconds since 1970, by its id. */
  public Map<String, Long> published() {
    Map<String, Long> all = new HashMap<>();
    try {
      if (Files.exists(sent)) {
        for (String line : Files.readAllLines(sent)) {
          int space = line.indexOf(' ');
          all.put(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
        }
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String json(Batch batch) {
    try {
      return JSON.writeValueAsString(batch);
    } catch (JsonProcessingException e) {
      throw new BenchException("a batch has no JSON", e);
    }
  }
}

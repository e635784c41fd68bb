/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streambed.loadtests.process.Child;
import io.streambed.loadtests.process.Launch;
import io.streambed.loadtests.subject.StreambedSubject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code streambed redrive}, as users run it. For one thread. */
public final class RedriveCommand {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Bench bench;
  private final StreambedSubject streambed;
  private int started;

  /** The command against a bench's broker. */
  public RedriveCommand(Bench bench, StreambedSubject streambed) {
    this.bench = bench;
    this.streambed = streambed;
  }

  /** Starts it in a process of its own. */
  public Child start(String... options) {
    List<String> words = new ArrayList<>(List.of("redrive", "--json"));
    words.addAll(List.of(options));
    words.add("--bootstrap-server=" + bench.endpoints().kafka());
    words.add("--registry=" + bench.endpoints().registry());
    String jar = streambed.root().resolve("cli/target/lib/streambed-cli.jar").toString();
    return bench.begin(
        new Launch(
            "redrive-%02d".formatted(++started),
            "512m",
            List.of(),
            jar,
            "io.streambed.cli.Main",
            words,
            Map.of(),
            "{"));
  }

  /** What a run that has ended says of itself. */
  public static JsonNode told(Child ended) {
    try {
      String last =
          Files.readAllLines(ended.log()).stream()
              .filter(line -> line.startsWith("{"))
              .reduce((before, line) -> line)
              .orElseThrow(() -> new BenchException("it says nothing; see " + ended.log(), null));
      return JSON.readTree(last);
    } catch (JsonProcessingException e) {
      throw new BenchException("it does not end with JSON; see " + ended.log(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

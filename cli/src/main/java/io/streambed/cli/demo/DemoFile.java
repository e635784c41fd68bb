/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.cli.demo.DemoLine.Content;
import io.streambed.cli.request.BadFieldException;
import io.streambed.cli.request.RequestDefaults;
import io.streambed.cli.request.RequestParser;
import io.streambed.local.bedrock.fault.Fault;
import io.streambed.local.bedrock.fault.FaultEffect;
import io.streambed.local.bedrock.wire.ErrorType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file of the workload. Its lines are those of {@code submit}, and say besides: {@code expect}
 * and {@code repeat}, how the request is to be settled; {@code fault}, what the stand-in does to
 * its calls; {@code times}, how often the prompt's text is repeated; or instead of a request {@code
 * raw} and {@code topic}, bytes that are none.
 */
final class DemoFile {
  /** So much of a prompt tells it from the others, in the body of a call. */
  private static final int MARK = 60;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final RequestParser parser;

  /**
   * @param now what relative deadlines count from
   */
  DemoFile(Instant now) {
    this.parser = new RequestParser(now, RequestDefaults.models());
  }

  /**
   * Reads a file that is packaged beside this program.
   *
   * @param name without folder and ending
   * @throws BadFieldException if a line is wrong
   * @throws IOException if it cannot be read
   */
  List<DemoLine> read(String name) throws BadFieldException, IOException {
    List<DemoLine> lines = new ArrayList<>();
    String path = "/demo/" + name + ".jsonl";
    try (var in = Objects.requireNonNull(DemoFile.class.getResourceAsStream(path), path);
        var reader = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (!line.isBlank() && !line.startsWith("#")) {
          lines.add(line(name + ":" + number, (ObjectNode) JSON.readTree(line)));
        }
      }
    }
    return lines;
  }

  private DemoLine line(String name, ObjectNode line) throws BadFieldException {
    Expectation expectation =
        new Expectation(
            required(line, "expect").textValue(),
            Optional.ofNullable(line.remove("repeat")).map(JsonNode::booleanValue).orElse(false));
    JsonNode raw = line.remove("raw");
    if (raw != null) {
      byte[] bytes = raw.textValue().getBytes(UTF_8);
      Content content = new Content.Raw(required(line, "topic").textValue(), bytes);
      return new DemoLine(name, expectation, content, Optional.empty());
    }
    Optional<Fault> fault = fault(line.remove("fault"), line.path("prompt").asText());
    JsonNode times = line.remove("times");
    if (times != null) {
      line.put("prompt", line.path("prompt").textValue().repeat(times.intValue()));
    }
    return new DemoLine(name, expectation, new Content.Whole(parser.request(line)), fault);
  }

  private static Optional<Fault> fault(@Nullable JsonNode node, String prompt) {
    if (node == null) {
      return Optional.empty();
    }
    ErrorType type = ErrorType.valueOf(node.path("error").asText());
    FaultEffect effect = new FaultEffect.Error(type, node.path("message").asText(type.message()));
    String mark = prompt.substring(0, Math.min(MARK, prompt.length()));
    return Optional.of(Fault.of(effect).next(node.path("times").asInt(1)).bodyContaining(mark));
  }

  private static JsonNode required(ObjectNode line, String field) throws BadFieldException {
    JsonNode value = line.remove(field);
    if (value == null) {
      throw BadFieldException.at(field, "is missing");
    }
    return value;
  }
}

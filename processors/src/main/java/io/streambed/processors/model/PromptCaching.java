/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/**
 * What a model's prompt cache takes, beside points in the system prompt and in messages: as {@code
 * prompt-caching.properties} beside this class holds it.
 *
 * @param tools whether a point may stand behind the tools
 * @param hour whether what is written can be kept for an hour
 */
public record PromptCaching(boolean tools, boolean hour) {

  private static final Properties TABLE = read();

  // Their ARNs name no model: whoever set them up knows what is behind them.
  private static final List<String> OPAQUE =
      List.of(":application-inference-profile/", ":provisioned-model/");

  /**
   * That of a model; empty for one that has no prompt cache, as far as is known.
   *
   * @param modelId a model id, or id or ARN of an inference profile; for one whose ARN names no
   *     model, all is taken as allowed
   */
  public static Optional<PromptCaching> of(String modelId) {
    if (OPAQUE.stream().anyMatch(modelId::contains)) {
      return Optional.of(new PromptCaching(true, true));
    }
    String bare = ProfiledModel.of(modelId).modelId();
    return TABLE.stringPropertyNames().stream()
        .filter(bare::startsWith)
        .max(Comparator.comparingInt(String::length))
        .map(known -> List.of(TABLE.getProperty(known).split(" ", -1)))
        .map(words -> new PromptCaching(words.contains("tools"), words.contains("hour")));
  }

  private static Properties read() {
    Properties table = new Properties();
    try (InputStream in =
        Objects.requireNonNull(
            PromptCaching.class.getResourceAsStream("prompt-caching.properties"))) {
      table.load(new InputStreamReader(in, UTF_8));
      return table;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

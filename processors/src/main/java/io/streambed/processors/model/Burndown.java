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
import java.util.Objects;
import java.util.Properties;

/**
 * How many tokens of the quota a token of the answer takes, by model: the provider's page on token
 * burn-down, as {@code burndown.properties} beside this class holds it.
 */
public final class Burndown {

  private static final Properties TABLE = read();

  private Burndown() {}

  /**
   * That of a model; 1 where it is not known.
   *
   * @param modelId a model id, or id or ARN of an inference profile that names the model
   */
  public static int of(String modelId) {
    String bare = ProfiledModel.of(modelId).modelId();
    return TABLE.stringPropertyNames().stream()
        .filter(bare::startsWith)
        .max(Comparator.comparingInt(String::length))
        .map(known -> Integer.parseInt(TABLE.getProperty(known)))
        .orElse(1);
  }

  private static Properties read() {
    Properties table = new Properties();
    try (InputStream in =
        Objects.requireNonNull(Burndown.class.getResourceAsStream("burndown.properties"))) {
      table.load(new InputStreamReader(in, UTF_8));
      return table;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

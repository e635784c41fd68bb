/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.schemas.CachePolicy;
import io.streambed.schemas.ReplayChanges;
import java.util.Collection;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is asked otherwise than it was asked. */
final class ReplayChangesOptions {
  @Option(
      names = "--model",
      paramLabel = "ALIAS",
      description = "Ask this model in place of the recorded one.")
  private @Nullable String model;

  @Option(
      names = "--system",
      paramLabel = "TEXT",
      description = "This system prompt in place of the recorded one.")
  private @Nullable String system;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "Most tokens in an answer, 1 or more.")
  private @Nullable Integer maxTokens;

  @Option(names = "--temperature", paramLabel = "X", description = "Sampling temperature, 0 to 1.")
  private @Nullable Double temperature;

  @Option(names = "--top-p", paramLabel = "X", description = "Nucleus sampling, 0 to 1.")
  private @Nullable Double topP;

  @Option(
      names = "--effort",
      paramLabel = "WORD",
      description = "How hard the model thinks: low, medium, high, xhigh or max.")
  private @Nullable String effort;

  @Option(
      names = "--dimensions",
      paramLabel = "N",
      description = "Number of dimensions of a vector; for texts.")
  private @Nullable Integer dimensions;

  @Option(
      names = "--cache-policy",
      paramLabel = "WORD",
      description =
          "USE known answers, REFRESH them, or BYPASS the cache: with the last two everything is asked "
              + "and paid for. Default: as recorded.")
  private @Nullable CachePolicy cachePolicy;

  ReplayChanges changes() {
    positive("--max-tokens", maxTokens);
    positive("--dimensions", dimensions);
    fraction("--temperature", temperature);
    fraction("--top-p", topP);
    return ReplayChanges.newBuilder()
        .setModel(model)
        .setSystem(system)
        .setMaxTokens(maxTokens)
        .setTemperature(temperature)
        .setTopP(topP)
        .setEffort(effort)
        .setDimensions(dimensions)
        .setCachePolicy(cachePolicy)
        .build();
  }

  /**
   * Refuses a model that nobody has configured: every request would be left out.
   *
   * @param aliases that are
   */
  void isKnownTo(Collection<String> aliases) {
    if (model != null && !aliases.contains(model)) {
      throw CommandFailedException.usage(
          "--model: %s is no alias that is configured; there are %s"
              .formatted(model, String.join(", ", new TreeSet<>(aliases))));
    }
  }

  private static void positive(String option, @Nullable Integer value) {
    if (value != null && value < 1) {
      throw CommandFailedException.usage(option + ": give 1 or more, not " + value);
    }
  }

  private static void fraction(String option, @Nullable Double value) {
    if (value != null && !(value >= 0 && value <= 1)) {
      throw CommandFailedException.usage(option + ": give 0 to 1, not " + value);
    }
  }
}

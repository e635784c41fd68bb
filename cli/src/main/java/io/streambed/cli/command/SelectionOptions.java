/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.cli.letters.Selection;
import io.streambed.cli.request.PointInTime;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.FailureKind;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which dead letters are meant, for every command that deals with them. */
final class SelectionOptions {
  @Option(
      names = "--code",
      split = ",",
      paramLabel = "CODE",
      description = "Only what went wrong so: ${COMPLETION-CANDIDATES}, with commas between.")
  private Set<DeadLetterCode> codes = new LinkedHashSet<>();

  @Option(
      names = "--kind",
      split = ",",
      paramLabel = "WHO",
      description = "Only where these must act: ${COMPLETION-CANDIDATES}.")
  private Set<FailureKind> kinds = new LinkedHashSet<>();

  @Option(
      names = "--tenant",
      split = ",",
      paramLabel = "NAME",
      description = "Only of these tenants.")
  private Set<String> tenants = new LinkedHashSet<>();

  @Option(
      names = "--model",
      split = ",",
      paramLabel = "ALIAS",
      description = "Only requests to these models.")
  private Set<String> models = new LinkedHashSet<>();

  @Option(
      names = "--source-topic",
      split = ",",
      paramLabel = "TOPIC",
      description = "Only requests that were published to these topics.")
  private Set<String> topics = new LinkedHashSet<>();

  @Option(
      names = "--id",
      paramLabel = "ID",
      description =
          "Only the request of this id, or of this place, topic-partition-offset. May be repeated.")
  private Set<String> ids = new LinkedHashSet<>();

  @Option(
      names = "--text",
      paramLabel = "WORDS",
      description = "Only where the message holds these words, in capital or small letters.")
  private @Nullable String text;

  @Option(
      names = "--since",
      paramLabel = "WHEN",
      description =
          "Only what was settled then or later: such as 2026-11-20T00:00:00Z, or how long ago, such as 2h.")
  private @Nullable String since;

  @Option(names = "--until", paramLabel = "WHEN", description = "Only what was settled before.")
  private @Nullable String until;

  /**
   * What was chosen.
   *
   * @param now what relative times count from
   */
  Selection selection(Instant now) {
    return new Selection(
        codes,
        kinds,
        tenants,
        models,
        topics,
        ids,
        Optional.ofNullable(text),
        time("--since", since, now, Instant.MIN),
        time("--until", until, now, Instant.MAX));
  }

  private static Instant time(String option, @Nullable String given, Instant now, Instant preset) {
    if (given == null) {
      return preset;
    }
    return PointInTime.duration(given)
        .map(ago -> now.minus(ago.abs()))
        .or(() -> PointInTime.parse(given, now))
        .orElseThrow(() ->
            CommandFailedException.usage(
                option
                    + ": give a time such as 2026-11-20T12:00:00Z, or how long ago, such as 2h"));
  }
}

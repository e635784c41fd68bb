/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.cli.rerun.Bounds;
import io.streambed.schemas.ReplayFilter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which recorded requests are meant. */
final class ReplayRangeOptions {
  @Option(
      names = "--topic",
      paramLabel = "NAME",
      description = "Topic of the recorded requests. Default: the topic of prompts.")
  private @Nullable String topic;

  @Option(
      names = "--texts",
      description =
          "The topic holds texts to embed; needed where it is not the platform's own topic of them.")
  private boolean texts;

  @Option(
      names = "--from",
      paramLabel = "WHERE",
      defaultValue = "beginning",
      description =
          "Where to begin: a time such as 2026-11-20T12:00:00Z, how long ago such as 7d, an offset of "
              + "every partition such as 1200, offsets by partition such as 0:1200,1:900, or beginning. "
              + "Default: ${DEFAULT-VALUE}.")
  private String from = "beginning";

  @Option(
      names = "--to",
      paramLabel = "WHERE",
      defaultValue = "end",
      description =
          "Where to end, written in the same way; it is not included. Default: ${DEFAULT-VALUE}, as it is now.")
  private String to = "end";

  @Option(
      names = "--set",
      paramLabel = "FILE",
      description =
          "Only the requests that a file names: lines of `results --json` or `dead-letters list --json`, or "
              + "a topic-partition-offset each.")
  private @Nullable Path set;

  @Option(names = "--tenant", paramLabel = "NAME", description = "Only of this tenant.")
  private @Nullable String tenant;

  @Option(
      names = "--asked-of",
      paramLabel = "ALIAS",
      description = "Only those that asked this model.")
  private @Nullable String askedOf;

  @Option(
      names = "--id-prefix",
      paramLabel = "TEXT",
      description = "Only those whose id begins so.")
  private @Nullable String idPrefix;

  @Option(
      names = "--metadata",
      paramLabel = "NAME=VALUE",
      description = "Only those with this label; may be given several times.")
  private Map<String, String> metadata = new LinkedHashMap<>();

  String topic(String preset) {
    return topic == null ? preset : topic;
  }

  boolean texts() {
    return texts;
  }

  Bounds from(Instant now) {
    return bounds("--from", from, now);
  }

  Bounds to(Instant now) {
    return bounds("--to", to, now);
  }

  Optional<Path> set() {
    return Optional.ofNullable(set);
  }

  ReplayFilter filter() {
    return ReplayFilter.newBuilder()
        .setTenant(tenant)
        .setModel(askedOf)
        .setIdPrefix(idPrefix)
        .setMetadata(metadata)
        .build();
  }

  private static Bounds bounds(String option, String text, Instant now) {
    return Bounds.parse(text, now)
        .orElseThrow(() -> CommandFailedException.usage(option + ": give " + Bounds.FORMS));
  }
}

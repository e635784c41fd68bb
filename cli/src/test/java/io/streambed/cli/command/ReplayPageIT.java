/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streambed.cli.harness.PlatformHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The commands of docs/replay.md do what the page says. */
class ReplayPageIT {
  private static final Path PAGE = Path.of("..", "docs", "replay.md");
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final Pattern BETWEEN_WORDS = Pattern.compile(" (?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

  /** What only reads, and can be run until the platform has got so far. */
  private static final Set<String> READERS = Set.of("dead-letters", "results");

  private static final String REPLAY = "./streambed replay ";

  /** A line of the page, and what it is said to print. */
  private record Step(String line, List<String> prints) {
    String[] words(Path folder) {
      return Arrays.stream(BETWEEN_WORDS.split(line))
          .skip(1)
          .map(word -> word.replace("\"", ""))
          .map(word -> word.endsWith(".html") ? folder.resolve(word).toString() : word)
          .toArray(String[]::new);
    }

    boolean reads() {
      return READERS.contains(line.split(" ", -1)[1]);
    }
  }

  @Test
  void theCommandsOfThePageDoWhatItSays() throws Exception {
    // Given
    List<Step> steps = steps();
    assertThat(steps).hasSizeGreaterThan(25);
    try (PlatformHarness harness = PlatformHarness.start()) {
      harness.runHere();

      // When, Then
      int first = indexOfFirst(steps, REPLAY);
      run(steps.subList(0, first), harness);
      harness
          .settlements()
          .awaitAll("answers", LIMIT, seen -> harness.settlements().of("time").size() == 2);
      int live = harness.settlements().now().size();
      run(steps.subList(first, steps.size()), harness);

      // Then: but for the two texts, nobody downstream has seen a thing of what was replayed
      assertThat(harness.folder().resolve("short.html")).isNotEmptyFile();
      assertThat(harness.settlements().now()).hasSize(live + 2);

      // Then: every text has another vector, of the other model and as long as it was asked for
      assertThat(harness.ledger().summary().callsByModel())
          .containsKeys("cohere.embed-english-v3", "amazon.titan-embed-text-v2:0");
      assertThat(Vectors.dimensions(harness, "replay-titan-results")).containsExactly(256, 256);
    }
  }

  private static int indexOfFirst(List<Step> steps, String begin) {
    return (int) steps.stream().takeWhile(step -> !step.line().startsWith(begin)).count();
  }

  private static void run(List<Step> steps, PlatformHarness harness) {
    for (Step step : steps) {
      if (step.reads()) {
        await().atMost(LIMIT).untilAsserted(() -> run(step, harness));
      } else {
        run(step, harness);
      }
    }
  }

  private static void run(Step step, PlatformHarness harness) {
    CommandRun run = CommandRun.at(harness, step.words(harness.folder()));
    assertThat(run.exitCode()).as(step.line() + "\n" + run.out() + run.err()).isZero();
    // As wide as columns may be.
    String said = (run.out() + run.err()).replaceAll(" +", " ");
    for (String words : step.prints()) {
      assertThat(said).as(step.line()).contains(words.replaceAll(" +", " "));
    }
  }

  private static List<Step> steps() throws IOException {
    List<Step> steps = new ArrayList<>();
    for (MatchResult block : BLOCK.matcher(Files.readString(PAGE)).results().toList()) {
      block
          .group(1)
          .lines()
          .forEach(line -> {
            if (line.startsWith("# ")) {
              steps.getLast().prints().add(line.substring(2).strip());
            } else if (line.startsWith("./streambed ")) {
              steps.add(new Step(line.strip(), new ArrayList<>()));
            }
          });
    }
    return steps;
  }
}

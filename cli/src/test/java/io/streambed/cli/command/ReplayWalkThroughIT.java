/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streambed.cli.harness.PlatformHarness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Does what {@code docs/replay.md} says of the replay of a range, line by line. */
class ReplayWalkThroughIT {

  private static final Path PAGE = Path.of("../docs/replay.md");
  private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void thePageIsRight() throws Exception {
    try (PlatformHarness harness = PlatformHarness.start()) {
      // Given
      harness.runHere();
      Map<String, CommandRun> runs = new TreeMap<>();

      // When
      for (String line : lines()) {
        CommandRun run = ReplayIT.command(harness, words(line, harness.folder()));
        assertThat(run.exitCode()).as(line + "\n" + run.out() + run.err()).isZero();
        runs.put(line.replaceAll("^\\./streambed ", ""), run);
      }

      // Then: the third's answer serves the second too, one is asked, and nobody downstream sees a
      // thing
      assertThat(said(runs, "replay --max-tokens 60 --run short --estimate"))
          .containsPattern("known, free +2 ")
          .containsPattern("to be asked +1 ");
      assertThat(said(runs, "compare short")).contains("REQUESTS").contains("the run spent $");
      assertThat(said(runs, "compare short --distance titan-embed"))
          .contains("distance of 2 changed answers");
      assertThat(harness.folder().resolve("short.html")).isNotEmptyFile();
      assertThat(harness.settlements().now()).hasSize(5);

      // Then: every text has another vector, of the other model and as long as it was asked for
      CommandRun titan = ReplayIT.command(harness, "compare", "titan", "--json");
      JsonNode sum = JSON.readTree(titan.lastLine());
      assertThat(sum.path("requests").asInt()).isEqualTo(2);
      assertThat(sum.path("verdicts").path("CHANGED").asInt()).isEqualTo(2);
      assertThat(harness.ledger().summary().callsByModel())
          .containsKeys("cohere.embed-english-v3", "amazon.titan-embed-text-v2:0");
      assertThat(Vectors.dimensions(harness, "replay-titan-results")).containsExactly(256, 256);
    }
  }

  private static String said(Map<String, CommandRun> runs, String line) {
    return Objects.requireNonNull(runs.get(line), line).out();
  }

  private static List<String> lines() throws Exception {
    List<String> lines = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(Files.readString(PAGE).split("\n## Replay of a range\n", 2)[1]);
    while (blocks.find()) {
      blocks.group(1).lines().filter(line -> line.startsWith("./streambed ")).forEach(lines::add);
    }
    return lines;
  }

  private static String[] words(String line, Path folder) {
    List<String> words = new ArrayList<>();
    Matcher found = WORD.matcher(line);
    while (found.find()) {
      String word = found.group(1) == null ? found.group(2) : found.group(1);
      words.add(word.endsWith(".html") ? folder.resolve(word).toString() : word);
    }
    return words.subList(1, words.size()).toArray(String[]::new);
  }
}

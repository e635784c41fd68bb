/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestFileTest {
  private final RequestParser parser = new RequestParser(Instant.EPOCH, RequestDefaults.models());

  @TempDir Path folder;

  @Test
  void emptyLinesAndCommentsDoNotCount() throws Exception {
    // Given
    Path file = folder.resolve("requests.jsonl");
    Files.writeString(
        file, "# two\n\n{\"prompt\":\"a\",\"model\":\"m\"}\n  \n{\"text\":\"b\",\"model\":\"m\"}");
    List<Integer> lines = new ArrayList<>();

    // When
    RequestFile requests = RequestFile.check(file, parser);
    requests.forEach((number, request) -> lines.add(number));

    // Then
    assertThat(requests.count()).isEqualTo(2);
    assertThat(lines).containsExactly(3, 5);
  }

  @Test
  void everyBadLineIsToldWithItsNumber() throws Exception {
    // Given
    Path file = folder.resolve("requests.jsonl");
    Files.writeString(file, "{\"prompt\":\"a\",\"model\":\"m\"}\nnonsense\n{\"promt\":\"a\"}\n");

    // When // Then
    assertThatExceptionOfType(BadLinesException.class)
        .isThrownBy(() -> RequestFile.check(file, parser))
        .withMessageContaining("2 bad lines, nothing was published")
        .satisfies(e -> {
          assertThat(e.problems()).hasSize(2);
          assertThat(e.problems().get(0)).startsWith("line 2: is not valid JSON");
          assertThat(e.problems().get(1))
              .isEqualTo(
                  "line 3: has no `prompt`, `messages` (to ask a model) or `text` (to embed)");
        });
  }

  @Test
  void bytesThatAreNoTextAreABadLine() throws Exception {
    // Given
    Path file = folder.resolve("requests.jsonl");
    Files.write(file, new byte[] {'{', (byte) 0xff, '}', '\n'});

    // When // Then
    assertThatExceptionOfType(BadLinesException.class)
        .isThrownBy(() -> RequestFile.check(file, parser))
        .satisfies(e -> assertThat(e.problems().getFirst()).contains("is not UTF-8 text"));
  }
}

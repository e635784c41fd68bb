/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.cli.harness.PlantedLetters;
import io.streambed.cli.harness.PlatformHarness;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.FailureKind;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeadLetterReaderIT {

  /** With these messages, several times what a consumer fetches at once: 1 MB of a partition. */
  private static final int LETTERS = 4_000;

  private static final String MESSAGE = "it went wrong ".repeat(300);
  private static final int PIECE = 500;

  @Test
  void whatComesWhileDeadLettersAreReadIsLeftForTheNextTime() throws Exception {
    try (PlatformHarness harness = PlatformHarness.start();
        PlantedLetters planted = new PlantedLetters(harness)) {
      // Given
      Cluster cluster = harness.stack().cluster();
      KafkaAccess kafka = KafkaAccess.to(cluster);
      DeadLetter letter =
          planted.plant(1, DeadLetterCode.MODEL_ERROR, FailureKind.PROVIDER).getFirst();
      letter.put("message", MESSAGE);
      planted.write(Collections.nCopies(LETTERS, letter));
      AtomicInteger read = new AtomicInteger();
      AtomicInteger later = new AtomicInteger();

      // When: each piece brings more, as a redrive does whose requests fail again at once
      DeadLetterReader.read(
          cluster,
          kafka,
          new Start.Beginning(),
          placed -> {
            if (read.getAndIncrement() % PIECE == 0) {
              planted.write(Collections.nCopies(PIECE / 5, letter));
            }
          });
      DeadLetterReader.read(
          cluster, kafka, new Start.Beginning(), placed -> later.incrementAndGet());

      // Then
      assertThat(read).hasValue(1 + LETTERS);
      assertThat(later).hasValue(1 + LETTERS + (LETTERS / PIECE + 1) * (PIECE / 5));
    }
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.PromptRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** What does not fit is refused or told, and never ends a transaction. */
class SizesIT {

  @Test
  void tooLargeRequestsAndResultsBecomeDeadLettersAndTheNextOneIsAnswered() throws Exception {
    try (TestPlatform platform =
        TestPlatform.withoutInstance(Map.of("request.max.bytes", "20000"))) {
      // Given
      limit(platform, "prompt-results", 3_000);
      limit(platform, "dead-letters", 6_000);
      await()
          .untilAsserted(() ->
              assertThat(Surroundings.look(platform.config("a")).maxRecordBytes())
                  .containsEntry("prompt-results", 3_000)
                  .containsEntry("dead-letters", 6_000));
      platform.startInstance("a");

      // When
      platform.publish(Requests.prompt("huge", "word ".repeat(10_000)));
      PromptRequest wordy =
          Requests.builder("wordy", "Tell me at length. " + "More words. ".repeat(700)).build();
      platform.publish(wordy);
      platform.publish(Requests.prompt("small", "Hello."));
      TestPlatform.Seen seen = platform.await(3, Duration.ofSeconds(40));

      // Then
      DeadLetter huge =
          seen.deadLetters.stream()
              .filter(letter -> letter.getCode() == DeadLetterCode.REQUEST_TOO_LARGE)
              .findFirst()
              .orElseThrow();
      assertThat(huge.getOriginalValue()).isEmpty();
      assertThat(huge.getOriginalValueLength()).isGreaterThan(50_000);
      assertThat(huge.getOriginalValueSha256()).isPresent();
      assertThat(seen.prompts).anyMatch(result -> result.getId().equals("small"));
      assertThat(seen.settlements()).isEqualTo(3);
    }
  }

  private static void limit(TestPlatform platform, String topic, int bytes) throws Exception {
    try (Admin admin = Admin.create(platform.kafkaProperties())) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.TOPIC, topic),
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry("max.message.bytes", Integer.toString(bytes)),
                          AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }
}

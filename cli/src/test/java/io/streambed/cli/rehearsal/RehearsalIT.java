/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.cli.stack.LocalStack;
import io.streambed.local.LocalOptions;
import io.streambed.local.bedrock.fault.Fault;
import io.streambed.local.bedrock.fault.FaultEffect;
import io.streambed.processors.Operations;
import io.streambed.processors.Streambed;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class RehearsalIT {
  @TempDir private Path folder;

  @Test
  void aCallThatIsNeverAnsweredIsSentAgainAndTold() throws Exception {
    // Given
    Map<String, String> settings =
        Map.of(
            "STREAMBED_INSTANCE_ID", "rehearsal",
            "STREAMBED_STATE_DIR", folder.toString(),
            "STREAMBED_OPS_PORT", "0",
            "STREAMBED_BEDROCK_READ_TIMEOUT_MS", "2000",
            "STREAMBED_BEDROCK_CALL_TIMEOUT_MS", "4000");
    try (LocalStack stack = LocalStack.start(LocalOptions.ephemeral(), 1, settings);
        Operations operations = Operations.start(stack.config(), Clock.systemUTC());
        Streambed streambed = Streambed.start(stack.config(), operations)) {
      assertThat(streambed.awaitRunning(Duration.ofSeconds(90))).isTrue();
      stack
          .local()
          .bedrock()
          .faults()
          .add(Fault.of(new FaultEffect.Hang(Duration.ofMinutes(5))).next(1));

      // When
      Rehearsal.Outcome outcome = new Rehearsal(stack).run(Duration.ofSeconds(1), () -> false);

      // Then
      assertThat(outcome.published()).isPositive();
      assertThat(outcome.settled()).isEqualTo(outcome.published());
      assertThat(outcome.again()).isPositive();
      assertThat(streambed.unsettledCalls().total()).isZero();
    }
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.local.bedrock.latency.Latency;
import io.streambed.processors.topology.InstanceIdentity;
import io.streambed.schemas.PromptResult;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.api.Test;

/** The work of an instance that is killed is taken over, whatever its transactions' time-out. */
class TakeOverIT {

  private static final int REQUESTS = 1_200;

  @Test
  void theOpenTransactionOfAnInstanceThatWasKilledHoldsNobodyUp() throws Exception {
    try (TestPlatform platform =
        TestPlatform.withoutInstance(
            Map.of(
                "models.sonnet.concurrency",
                "50",
                "session.timeout.ms",
                "6000",
                "transaction.timeout.ms",
                "600000"))) {
      // Given: two instances at work
      platform
          .local()
          .bedrock()
          .latency(TestPlatform.SONNET, new Latency.LogNormal(Duration.ofMillis(500), 0.3));
      for (int i = 0; i < REQUESTS; i++) {
        platform.publish(Requests.prompt("r" + i, "Question " + i));
      }
      try (ForkedInstance first = platform.fork("a")) {
        platform.await(50, Duration.ofSeconds(60));
        platform.startInstance("b");
        platform.await(300, Duration.ofSeconds(60));

        // When
        freezeInATransaction(platform, first);
        first.kill();
      }
      platform.await(REQUESTS, Duration.ofSeconds(90));

      // Then
      assertThat(platform.readFor(Duration.ofSeconds(1)).prompts)
          .extracting(PromptResult::getId)
          .doesNotHaveDuplicates()
          .hasSize(REQUESTS);
    }
  }

  private static void freezeInATransaction(TestPlatform platform, ForkedInstance instance)
      throws Exception {
    try (Admin admin = Admin.create(platform.kafka())) {
      ListTransactionsOptions open =
          new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING));
      String id = InstanceIdentity.transactionalId("streambed", "a", "1");
      for (int tried = 0; tried < 100; tried++) {
        instance.freeze();
        if (admin.listTransactions(open).all().get().stream()
            .anyMatch(transaction -> transaction.transactionalId().equals(id))) {
          return;
        }
        instance.thaw();
        Thread.sleep(10);
      }
      throw new AssertionError("the instance had never a transaction open");
    }
  }
}

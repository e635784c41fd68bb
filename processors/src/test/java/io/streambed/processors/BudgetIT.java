/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.streambed.local.bedrock.latency.Latency;
import io.streambed.processors.job.StateCodec;
import io.streambed.schemas.BudgetEvent;
import io.streambed.schemas.BudgetEventKind;
import io.streambed.schemas.CallOutcome;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.InferenceParameters;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.UsageEvent;
import io.streambed.schemas.state.BudgetAccount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/** No tenant spends more than its budget, and what is set aside comes back, whatever crashes. */
class BudgetIT {

  private static final Duration SOON = Duration.ofMinutes(1);
  private static final String CHANGELOG = "streambed-budgets-changelog";
  private static final long PICOS = 1_000_000_000_000L;

  @Test
  void throughKillsNoMoreIsSpentThanTheBudgetAndEveryRequestIsSettled() throws Exception {
    int requests = 800;
    // By the month: a day may end during the test.
    try (TestPlatform platform =
        TestPlatform.withoutInstance(
            Map.of(
                "models.sonnet.concurrency", "10",
                "invocation.look.ahead", "2",
                "tenants.acme.budget.monthly", "0.30"))) {
      // Given
      long budget = 3 * PICOS / 10;
      platform
          .local()
          .bedrock()
          .latency(TestPlatform.SONNET, new Latency.LogNormal(Duration.ofMillis(150), 0.3));
      for (int i = 0; i < requests; i++) {
        platform.publish(request("r" + i, "Question number " + i));
      }

      // When
      try (ForkedInstance first = platform.fork("a")) {
        platform.await(requests / 10, SOON);
        first.kill();
      }
      try (ForkedInstance second = platform.fork("a")) {
        platform.await(requests / 5, SOON);
        second.kill();
      }
      TestPlatform.Seen seen;
      BudgetAccount account;
      try (ForkedInstance third = platform.fork("a")) {
        platform.await(requests, Duration.ofMinutes(2));
        seen = platform.readFor(Duration.ofSeconds(3));
        account = Objects.requireNonNull(accounts(platform).get("acme"));
        third.terminate();
      }

      // Then: every request is settled once, by an answer or because the budget is spent
      assertThat(ids(seen)).hasSize(requests).doesNotHaveDuplicates();
      assertThat(seen.deadLetters)
          .isNotEmpty()
          .extracting(DeadLetter::getCode)
          .containsOnly(DeadLetterCode.BUDGET_SPENT);
      assertThat(seen.deadLetters.getFirst().getMessage()).contains("monthly budget of 0.3 USD");

      // Then: neither the bill nor what may have been billed is above the budget
      long spent = seen.usage.stream().mapToLong(UsageEvent::getCostPicoDollars).sum();
      assertThat(seen.usage)
          .extracting(UsageEvent::getOutcome)
          .contains(CallOutcome.POSSIBLY_BILLED);
      assertThat(platform.ledger().summary().picoDollars()).isPositive().isLessThanOrEqualTo(spent);
      assertThat(spent).isBetween(budget * 9 / 10, budget);

      // Then: the account says the same, nothing is set aside any more, and each event came once
      assertThat(account.getMonth().getSpentPicoDollars()).isEqualTo(spent);
      assertThat(account.getReservedPicoDollars()).isZero();
      assertThat(seen.budgets)
          .extracting(BudgetEvent::getKind, BudgetEvent::getPercent)
          .doesNotHaveDuplicates()
          .contains(
              tuple(BudgetEventKind.THRESHOLD, 50),
              tuple(BudgetEventKind.THRESHOLD, 80),
              tuple(BudgetEventKind.SPENT, 100));
    }
  }

  @Test
  void aJobThatWaitsForItsBudgetCanBeCancelled() throws Exception {
    int requests = 20;
    try (TestPlatform platform =
        TestPlatform.start(
            Map.of(
                "tenants.acme.budget.monthly", "0.02",
                "tenants.acme.budget.when.spent", "wait"))) {
      // Given
      for (int i = 0; i < requests; i++) {
        platform.publish(request("r" + i, "Question number " + i));
      }
      platform.await(1, SOON);
      int answered = platform.readFor(Duration.ofSeconds(5)).prompts.size();
      assertThat(answered).isLessThan(requests);

      // When
      for (int i = 0; i < requests; i++) {
        platform.cancel("acme", "r" + i);
      }
      TestPlatform.Seen seen = platform.await(requests, SOON);

      // Then
      assertThat(ids(seen)).hasSize(requests).doesNotHaveDuplicates();
      assertThat(seen.deadLetters)
          .hasSize(requests - answered)
          .allSatisfy(letter -> {
            assertThat(letter.getCode()).isEqualTo(DeadLetterCode.CANCELLED);
            assertThat(letter.getMessage()).contains("waited for its tenant's budget");
          });
      assertThat(platform.ledger().calls()).hasSize(answered);
    }
  }

  @Test
  void whatNeedsNoCallGivesItsMoneyBackAndOthersHaveNoAccount() throws Exception {
    try (TestPlatform platform = TestPlatform.start(Map.of("tenants.acme.budget.monthly", "1"))) {
      // Given
      platform.publish(request("first", "the same question"));
      platform.publish(request("joins", "the same question"));
      platform.await(2, SOON);

      // When
      platform.publish(request("cached", "the same question"));
      platform.publish(request("first", "the same question"));
      platform.publish(Requests.builder("free", "of another tenant").setTenant("umbrella").build());
      platform.publish(
          PromptRequest.newBuilder(request("large", "too much"))
              .setInference(InferenceParameters.newBuilder().setMaxTokens(1_000_000).build())
              .build());
      TestPlatform.Seen seen = platform.await(6, SOON);

      // Then
      assertThat(platform.ledger().calls()).hasSize(2);
      assertThat(seen.deadLetters)
          .singleElement()
          .satisfies(letter -> {
            assertThat(letter.getId()).isEqualTo("large");
            assertThat(letter.getCode()).isEqualTo(DeadLetterCode.BUDGET_SPENT);
            assertThat(letter.getMessage()).contains("more than the whole");
          });
      platform.readFor(Duration.ofSeconds(2));
      Map<String, BudgetAccount> accounts = accounts(platform);
      assertThat(accounts).containsOnlyKeys("acme");
      BudgetAccount account = Objects.requireNonNull(accounts.get("acme"));
      assertThat(account.getReservedPicoDollars()).isZero();
      assertThat(account.getMonth().getSpentPicoDollars())
          .isEqualTo(
              seen.usage.stream()
                  .filter(event -> event.getTenant().equals("acme"))
                  .mapToLong(UsageEvent::getCostPicoDollars)
                  .sum())
          .isPositive();
    }
  }

  private static PromptRequest request(String id, String text) {
    return Requests.builder(id, text)
        .setInference(InferenceParameters.newBuilder().setMaxTokens(50).build())
        .build();
  }

  private static List<String> ids(TestPlatform.Seen seen) {
    return Stream.concat(
            seen.prompts.stream().map(result -> result.getId()),
            seen.deadLetters.stream().map(DeadLetter::getId))
        .toList();
  }

  /** The newest account of each tenant, from the changelog of the store. */
  private static Map<String, BudgetAccount> accounts(TestPlatform platform) {
    StateCodec<BudgetAccount> codec = new StateCodec<>(BudgetAccount.class, List.of());
    Map<String, BudgetAccount> accounts = new HashMap<>();
    Properties settings = platform.kafkaProperties();
    settings.put("isolation.level", "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      consumer
          .partitionsFor(CHANGELOG)
          .forEach(info -> partitions.add(new TopicPartition(CHANGELOG, info.partition())));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          if (record.key()[0] == 'A') {
            String tenant = new String(record.key(), 1, record.key().length - 1, UTF_8);
            accounts.put(tenant, codec.decode(record.value()));
          }
        }
      }
    }
    return accounts;
  }
}

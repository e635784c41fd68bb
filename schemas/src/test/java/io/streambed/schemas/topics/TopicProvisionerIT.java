/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.local.kafka.KafkaOptions;
import io.streambed.local.kafka.LocalKafka;
import io.streambed.schemas.topics.TopicCreation.Created;
import io.streambed.schemas.topics.TopicCreation.Existed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Topics on a real broker; each test has names of its own. */
class TopicProvisionerIT {
  private static final int ALL = Topics.class.getRecordComponents().length;

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final TopicLayout LAYOUT = new TopicLayout(3, 5, (short) 1);

  private static LocalKafka kafka;
  private static Admin admin;

  @BeforeAll
  static void start() {
    kafka = LocalKafka.start(KafkaOptions.ephemeral());
    admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  @AfterAll
  static void stop() {
    admin.close();
    kafka.close();
  }

  @Test
  void whatIsMissingIsCreatedAndNothingElseIsTouched() {
    // Given
    Topics names = named("create");
    TopicProvisioner topics = new TopicProvisioner(admin, names);
    assertThat(get(topics.check(5)).message()).contains("./streambed topics create");

    // When
    List<TopicCreation> first = get(topics.create(LAYOUT, false));
    List<TopicCreation> again = get(topics.create(new TopicLayout(9, 9, (short) 1), false));

    // Then
    assertThat(first).hasSize(ALL).allMatch(Created.class::isInstance);
    assertThat(again).hasSize(ALL).allMatch(Existed.class::isInstance);
    assertThat(get(topics.check(5)).message()).isEmpty();
    assertThat(get(topics.describe()))
        .allSatisfy(state ->
            assertThat(state)
                .isInstanceOfSatisfying(TopicState.Present.class, this::asInTheCatalogue));
    assertThat(get(topics.maxMessageBytes()))
        .hasSize(ALL)
        .containsEntry(names.promptRequests(), TopicCatalogue.MAX_MESSAGE_BYTES);
  }

  private void asInTheCatalogue(TopicState.Present topic) {
    boolean held = topic.spec().name().startsWith("jobs-held");
    assertThat(topic.partitions()).isEqualTo(held ? 5 : 3);
    assertThat(topic.replication()).isEqualTo(1);
    assertThat(topic.settings()).containsAllEntriesOf(topic.spec().settings());
  }

  @Test
  void aDryRunCreatesNothing() {
    TopicProvisioner topics = new TopicProvisioner(admin, named("dry"));
    assertThat(get(topics.create(LAYOUT, true))).allMatch(Created.class::isInstance);
    assertThat(get(topics.describe())).allMatch(TopicState.Missing.class::isInstance);
    assertThat(get(topics.maxMessageBytes())).isEmpty();
  }

  @Test
  void aWrongNumberOfPartitionsIsSeen() {
    TopicProvisioner topics = new TopicProvisioner(admin, named("count"));
    get(topics.create(LAYOUT, false));
    assertThat(get(topics.check(8)).message()).contains("has 5 partitions and must have 8");
  }

  @Test
  void moreCopiesThanBrokersIsKafkasOwnError() {
    TopicProvisioner topics = new TopicProvisioner(admin, named("copies"));
    assertThat(topics.create(new TopicLayout(1, 1, (short) 3), true))
        .failsWithin(SOON)
        .withThrowableThat()
        .havingRootCause()
        .isInstanceOf(InvalidReplicationFactorException.class);
  }

  private static Topics named(String test) {
    Topics usual = Topics.defaults();
    List<String> names =
        Stream.of(
                usual.promptRequests(),
                usual.embeddingRequests(),
                usual.promptResults(),
                usual.embeddingResults(),
                usual.deadLetters(),
                usual.usageEvents(),
                usual.control(),
                usual.budgetEvents(),
                usual.jobsHeld(),
                usual.movedCalls(),
                usual.redrives(),
                usual.replayRequests(),
                usual.replayRuns())
            .map(name -> name + "-" + test)
            .toList();
    return new Topics(
        names.get(0),
        names.get(1),
        names.get(2),
        names.get(3),
        names.get(4),
        names.get(5),
        names.get(6),
        names.get(7),
        names.get(8),
        names.get(9),
        names.get(10),
        names.get(11),
        names.get(12));
  }

  private static <T> T get(CompletableFuture<T> future) {
    assertThat(future).succeedsWithin(SOON);
    return future.join();
  }
}

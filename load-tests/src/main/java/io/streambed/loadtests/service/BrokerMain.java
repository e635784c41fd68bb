/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.service;

import io.streambed.local.kafka.KafkaOptions;
import io.streambed.local.kafka.LocalKafka;
import io.streambed.local.registry.LocalRegistry;
import io.streambed.local.registry.RegistryOptions;
import io.streambed.schemas.topics.TopicLayout;
import io.streambed.schemas.topics.TopicProvisioner;
import io.streambed.schemas.topics.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * A broker with the topics, and a registry, in one JVM. Flags: {@code --data} a folder, {@code
 * --stock true} for the settings of a stock broker, {@code --partitions}. Orders: {@code kafka
 * stop}, {@code kafka restart}, {@code registry stop}, {@code registry restart}.
 */
public final class BrokerMain {
  /**
   * What {@code local} sets to be quick, as Kafka has it by default: session time-outs of 6 s at
   * least, dead transactions looked for every 10 s, 20 ms between transactions that follow at once.
   */
  private static final Map<String, String> STOCK =
      Map.of(
          "group.initial.rebalance.delay.ms", "3000",
          "group.min.session.timeout.ms", "6000",
          "transaction.abort.timed.out.transaction.cleanup.interval.ms", "10000",
          "add.partitions.to.txn.retry.backoff.ms", "20",
          "add.partitions.to.txn.retry.backoff.max.ms", "100",
          "offsets.topic.num.partitions", "50",
          "transaction.state.log.num.partitions", "50",
          "num.network.threads", "3",
          "num.io.threads", "8");

  private BrokerMain() {}

  /** Starts both and serves until the parent is gone. */
  public static void main(String[] arguments) throws Exception {
    Flags flags = Flags.of(arguments);
    LocalKafka kafka =
        LocalKafka.start(
            KafkaOptions.ephemeral()
                .withDataDir(Path.of(flags.text("--data")))
                .withSettings(settings(flags)));
    LocalRegistry registry = LocalRegistry.start(RegistryOptions.ephemeral());
    int partitions = flags.number("--partitions", 4);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      new TopicProvisioner(admin, Topics.defaults())
          .create(new TopicLayout(partitions, partitions, (short) 1), false)
          .join();
      awaitLeaders(admin);
    }
    Orders.serve(
        kafka.bootstrapServers() + " " + registry.url(), order -> carryOut(order, kafka, registry));
  }

  /**
   * Asks each partition's leader for its first offset, which it can tell once it has begun to lead.
   * Before that a producer's first batch can be refused and its second taken, and then the first is
   * out of order for ever.
   */
  private static void awaitLeaders(Admin admin) throws Exception {
    Map<TopicPartition, OffsetSpec> all = new HashMap<>();
    admin
        .describeTopics(admin.listTopics().names().get())
        .allTopicNames()
        .get()
        .forEach((topic, described) ->
            described
                .partitions()
                .forEach(one ->
                    all.put(new TopicPartition(topic, one.partition()), OffsetSpec.earliest())));
    admin.listOffsets(all).all().get();
  }

  private static Map<String, String> settings(Flags flags) {
    Map<String, String> settings = new HashMap<>();
    if (Boolean.parseBoolean(flags.text("--stock", "false"))) {
      settings.putAll(STOCK);
    }
    if (Boolean.parseBoolean(flags.text("--access-control", "false"))) {
      settings.put(
          "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
      settings.put("allow.everyone.if.no.acl.found", "true");
    }
    return settings;
  }

  private static String carryOut(String order, LocalKafka kafka, LocalRegistry registry)
      throws IOException {
    switch (order) {
      case "kafka stop" -> kafka.stop();
      case "kafka restart" -> kafka.restart();
      case "registry stop" -> registry.stop();
      case "registry restart" -> registry.restart();
      default -> throw new IOException("there is no order " + order);
    }
    return "done";
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streambed.loadtests.subject.Endpoints;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.Redrive;
import io.streambed.schemas.redrive.RedriveMark;
import io.streambed.schemas.registry.RegistryConfig;
import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.serdes.AvroDeserializer;
import io.streambed.schemas.topics.Topics;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.header.Header;

/**
 * Dead letters and what became of their requests, as readers of committed records see them. For one
 * thread.
 */
public final class Redrives implements AutoCloseable {
  private static final Topics TOPICS = Topics.defaults();

  private final String kafka;
  private final SchemaRegistryClient registry;
  private final CommittedTopic counting;
  private int counted;

  /** A reader of what a bench's broker holds. */
  public Redrives(Endpoints endpoints) {
    this.kafka = endpoints.kafka();
    this.registry = new SchemaRegistryClient(RegistryConfig.of(URI.create(endpoints.registry())));
    this.counting = CommittedTopic.open(kafka, TOPICS.redrives());
  }

  /**
   * A request that was published again.
   *
   * @param of place of the record that it was published from
   * @param at place of its record
   */
  public record Again(String of, String at) {}

  /** All dead letters, without their requests. */
  public List<DeadLetter> letters() {
    List<DeadLetter> all = new ArrayList<>();
    try (AvroDeserializer<DeadLetter> reader = new AvroDeserializer<>(registry, DeadLetter.class)) {
      CommittedTopic.read(
          kafka,
          TOPICS.deadLetters(),
          record -> {
            DeadLetter letter =
                Objects.requireNonNull(reader.deserialize(record.topic(), record.value()));
            letter.put("originalValue", null);
            all.add(letter);
          });
    }
    return all;
  }

  /** All that is said to have been done. */
  public List<Redrive> said() {
    List<Redrive> all = new ArrayList<>();
    try (AvroDeserializer<Redrive> reader = new AvroDeserializer<>(registry, Redrive.class)) {
      CommittedTopic.read(
          kafka,
          TOPICS.redrives(),
          record ->
              all.add(Objects.requireNonNull(reader.deserialize(record.topic(), record.value()))));
    }
    return all;
  }

  /** How many records say that something was done, as far as it is committed now. */
  public int count() {
    counting.toEnd(record -> counted++);
    return counted;
  }

  /** Every request that was published again. */
  public List<Again> again() {
    List<Again> all = new ArrayList<>();
    CommittedTopic.read(
        kafka,
        TOPICS.promptRequests(),
        record -> {
          Header of = record.headers().lastHeader(RedriveMark.OF);
          if (of != null) {
            String at = record.topic() + "-" + record.partition() + "-" + record.offset();
            all.add(new Again(new String(of.value(), UTF_8), at));
          }
        });
    return all;
  }

  @Override
  public void close() {
    counting.close();
    registry.close();
  }
}

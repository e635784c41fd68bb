/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.harness.PlantedLetters;
import io.streambed.cli.harness.PlatformHarness;
import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.Message;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.Role;
import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.released.ReleasedSchemas;
import io.streambed.schemas.serdes.AvroDeserializer;
import io.streambed.schemas.serdes.AvroEncoder;
import io.streambed.schemas.serdes.SubjectNaming;
import io.streambed.schemas.serdes.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Topics in which much has happened: what of them is replayed, and what is left out and why. */
class ReplayOddTopicIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(90);

  @Test
  void whatIsLeftOutIsCountedByReason() throws Exception {
    try (PlatformHarness harness = PlatformHarness.start();
        SchemaRegistryClient registry =
            new SchemaRegistryClient(harness.stack().cluster().registry())) {
      KafkaAccess kafka = KafkaAccess.to(harness.stack().cluster());
      AvroEncoder encoder = new AvroEncoder(registry, SubjectNaming.TOPIC_NAME, true);
      encoder.prepare("prompt-requests", PromptRequest.getClassSchema()).get();
      try (Admin admin = kafka.admin();
          Producer<byte[], byte[]> producer = kafka.transactionalProducer("odd")) {
        // Given: a topic with deleted offsets, an aborted transaction, tombstones, junk, and an
        // older version of the schema
        admin.createTopics(List.of(new NewTopic("odd", 1, (short) 1), compacted())).all().get();
        producer.initTransactions();
        write(producer, "odd", ours(encoder, "a"), ours(encoder, "b"), ours(encoder, "c"));
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("odd", ours(encoder, "never")));
        producer.flush();
        producer.abortTransaction();
        write(
            producer,
            "odd",
            older(registry, "What is a delta?"),
            "junk".getBytes(UTF_8),
            unknown());
        tombstone(producer);
        write(producer, "odd", ours(encoder, "e"));
        admin
            .deleteRecords(Map.of(new TopicPartition("odd", 0), RecordsToDelete.beforeOffset(2)))
            .all()
            .get();

        // When: everything is left out, so that no platform is needed
        JsonNode told = estimate(harness, "odd");
        CommandRun run =
            ReplayIT.replay(
                harness, "--topic", "odd", "--from", "0", "--only", "changed", "--run", "odd",
                "--yes");

        // Then: of c, d, e nothing changes, and every offset is accounted for
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        JsonNode counts =
            JSON.readTree(ReplayIT.command(harness, "replay", "status", "odd", "--json").out());
        assertThat(counts.path("unaffected").asInt()).as(counts.toString()).isEqualTo(3);
        assertThat(counts.path("tombstones").asInt()).isEqualTo(1);
        assertThat(counts.path("unreadable").asInt()).isEqualTo(2);
        assertThat(counts.path("deleted").asInt()).isEqualTo(2);
        assertThat(counts.path("read").asInt()).isEqualTo(6);
        assertThat(
                counts.path("read").asInt()
                    + counts.path("deleted").asInt()
                    + counts.path("missing").asInt())
            .isEqualTo(counts.path("offsets").asInt());
        assertThat(counts.path("missing").asInt()).isEqualTo(6);

        // Then: the estimate has told so before
        assertThat(told.path("calls").asInt()).isEqualTo(3);
        for (String why : List.of("tombstones", "unreadable", "deleted", "missing")) {
          String reason = why.equals("tombstones") ? "tombstone" : why;
          assertThat(told.path("skipped").path(reason)).as(why).isEqualTo(counts.path(why));
        }

        // When: a topic is compacted to the newest record of a key
        for (int i = 0; i < 20; i++) {
          producer.beginTransaction();
          producer.send(
              new ProducerRecord<>("compacted", "k".getBytes(UTF_8), ours(encoder, "x" + i)));
          producer.commitTransaction();
          await().pollDelay(Duration.ofMillis(30)).until(() -> true);
        }

        await()
            .atMost(LIMIT)
            .untilAsserted(() ->
                assertThat(estimate(harness, "compacted").path("read").asInt()).isLessThan(20));
        CommandRun last =
            ReplayIT.replay(
                harness,
                "--topic",
                "compacted",
                "--from",
                "0",
                "--only",
                "changed",
                "--run",
                "thin",
                "--yes");

        // Then: what is gone is counted, and what is left is read
        assertThat(last.exitCode()).as(last.out() + last.err()).isZero();
        JsonNode thin =
            JSON.readTree(ReplayIT.command(harness, "replay", "status", "thin", "--json").out());
        assertThat(thin.path("state").asText()).isEqualTo("DONE");
        assertThat(thin.path("offsets").asInt()).isEqualTo(40);
        assertThat(thin.path("unaffected").asInt()).isBetween(1, 19);
        assertThat(thin.path("read").asInt()).isEqualTo(thin.path("unaffected").asInt());
        assertThat(thin.path("missing").asInt() + thin.path("read").asInt()).isEqualTo(40);
      }
    }
  }

  @Test
  void whatOlderVersionsOfTheSchemaWroteIsAskedAgain() throws Exception {
    try (PlatformHarness harness = PlatformHarness.start();
        PlantedLetters planted = new PlantedLetters(harness);
        SchemaRegistryClient registry =
            new SchemaRegistryClient(harness.stack().cluster().registry());
        AvroDeserializer<PromptRequest> reader =
            new AvroDeserializer<>(registry, PromptRequest.class)) {
      // Given: requests of every version that was released, and of one that is older still
      List<String> texts = new ArrayList<>(List.of("What is older?"));
      harness.publishRaw("prompt-requests", older(registry, "What is older?"));
      for (Schema version : ReleasedSchemas.of(PromptRequest.class)) {
        texts.add("What is number " + texts.size() + "?");
        harness.publishRaw("prompt-requests", released(registry, version, texts.getLast()));
      }
      harness.runHere();
      harness.settlements().awaitCount(texts.size(), LIMIT);

      // When
      CommandRun run = ReplayIT.replay(harness, "--max-tokens", "40", "--run", "again", "--yes");

      // Then: each is published anew as it was meant, and answered
      assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
      assertThat(planted.committed("replay-requests"))
          .map(record -> reader.deserialize(record.topic(), record.value()))
          .allSatisfy(request ->
              assertThat(request.getInference().orElseThrow().getMaxTokens()).contains(40))
          .map(request -> request.getMessages().getFirst().getContent().getFirst().getText())
          .map(Optional::orElseThrow)
          .containsExactlyInAnyOrderElementsOf(texts);
      List<JsonNode> compared =
          ReplayIT.json(ReplayIT.command(harness, "compare", "again", "--json"));
      assertThat(compared).hasSize(texts.size() + 1);
      assertThat(compared.subList(0, texts.size()))
          .allSatisfy(
              pair -> assertThat(pair.path("after").path("outputTokens").asInt()).isBetween(1, 40));
      assertThat(harness.ledger().calls()).hasSize(2 * texts.size());
    }
  }

  private static byte[] released(SchemaRegistryClient registry, Schema schema, String text)
      throws Exception {
    Schema message = schema.getField("messages").schema().getElementType();
    Schema block = message.getField("content").schema().getElementType();
    GenericRecord said =
        new GenericRecordBuilder(message)
            .set("role", new GenericData.EnumSymbol(message.getField("role").schema(), "USER"))
            .set("content", List.of(new GenericRecordBuilder(block).set("text", text).build()))
            .build();
    GenericRecord request =
        new GenericRecordBuilder(schema)
            .set("model", "default")
            .set("messages", List.of(said))
            .build();
    return written(registry, "released-value", request);
  }

  private static JsonNode estimate(PlatformHarness harness, String topic) throws IOException {
    CommandRun run =
        ReplayIT.replay(harness, "--topic", topic, "--from", "0", "--estimate", "--json");
    return JSON.readTree(run.out());
  }

  private static NewTopic compacted() {
    return new NewTopic("compacted", 1, (short) 1)
        .configs(
            Map.of(
                "cleanup.policy", "compact",
                "segment.ms", "20",
                "min.cleanable.dirty.ratio", "0.01",
                "max.compaction.lag.ms", "20"));
  }

  private static void tombstone(Producer<byte[], byte[]> producer) {
    producer.beginTransaction();
    producer.send(new ProducerRecord<>("odd", null));
    producer.commitTransaction();
  }

  private static void write(Producer<byte[], byte[]> producer, String topic, byte[]... values) {
    producer.beginTransaction();
    for (byte[] value : values) {
      producer.send(new ProducerRecord<>(topic, value));
    }
    producer.commitTransaction();
  }

  private static byte[] ours(AvroEncoder encoder, String id) {
    ContentBlock block = ContentBlock.newBuilder().setText("What is " + id + "?").build();
    Message message = Message.newBuilder().setRole(Role.USER).setContent(List.of(block)).build();
    return encoder.encode(
        "prompt-requests",
        PromptRequest.newBuilder()
            .setId(id)
            .setModel("default")
            .setMessages(List.of(message))
            .build());
  }

  /** Of a producer that knows of no more than it needs. */
  private static byte[] older(SchemaRegistryClient registry, String text) throws Exception {
    Schema block =
        SchemaBuilder.record("ContentBlock")
            .namespace("io.streambed.schemas")
            .fields()
            .requiredString("text")
            .endRecord();
    Schema message =
        SchemaBuilder.record("Message")
            .namespace("io.streambed.schemas")
            .fields()
            .name("role")
            .type()
            .enumeration("Role")
            .symbols("USER")
            .noDefault()
            .name("content")
            .type()
            .array()
            .items(block)
            .noDefault()
            .endRecord();
    Schema schema =
        SchemaBuilder.record("PromptRequest")
            .namespace("io.streambed.schemas")
            .fields()
            .requiredString("model")
            .name("messages")
            .type()
            .array()
            .items(message)
            .noDefault()
            .endRecord();
    GenericRecord said = new GenericData.Record(block);
    said.put("text", text);
    GenericRecord turn = new GenericData.Record(message);
    turn.put("role", new GenericData.EnumSymbol(message.getField("role").schema(), "USER"));
    turn.put("content", List.of(said));
    GenericRecord request = new GenericData.Record(schema);
    request.put("model", "default");
    request.put("messages", List.of(turn));
    return written(registry, "older-value", request);
  }

  private static byte[] written(SchemaRegistryClient registry, String subject, GenericRecord value)
      throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(value.getSchema()).write(value, encoder);
    encoder.flush();
    int id = registry.register(subject, value.getSchema()).get();
    return WireFormat.wrap(id, out.toByteArray());
  }

  private static byte[] unknown() {
    return WireFormat.wrap(987_654, new byte[] {0});
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import static io.streambed.processors.admission.Requests.CANARY;
import static io.streambed.processors.admission.Requests.NOW;
import static io.streambed.processors.admission.Requests.PROMPT_SCHEMA;
import static io.streambed.processors.admission.Requests.TOPICS;
import static io.streambed.processors.admission.Requests.prompt;
import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.admission.WriterSchemas.Lookup;
import io.streambed.processors.job.Rejection;
import io.streambed.processors.job.SourceRecord;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.FailureKind;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.RecordHeader;
import io.streambed.schemas.serdes.WireFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IntakeTest {

  private static final Lookup OURS = new Lookup.Known(PromptRequest.getClassSchema());

  private final Intake intake = new Intake(Requests.admission(), TOPICS, Requests.destinations());
  private CapturedLogs logs;

  @BeforeEach
  void capture() {
    logs = new CapturedLogs();
  }

  @AfterEach
  void nothingOfAnyContentWasLogged() {
    logs.close();
    assertThat(logs.text()).doesNotContain(CANARY);
  }

  @Test
  void aRecordWithoutAValueIsUnreadable() {
    // Given
    SourceRecord tombstone =
        new SourceRecord(TOPICS.promptRequests(), 0, 1, NOW, null, null, List.of());

    // When
    Intake.First first = intake.look(tombstone);

    // Then
    Rejection rejection = ((Intake.First.Hopeless) first).decision().rejection();
    assertThat(rejection.failure().getCode()).isEqualTo(DeadLetterCode.UNREADABLE);
    assertThat(rejection.id()).isEqualTo("prompt-requests-0-1");
  }

  @Test
  void bytesThatAreNotInTheWireFormatAreUnreadable() {
    for (String text : List.of("", "{\"text\":\"" + CANARY + "\"}", "\0abc")) {
      // Given
      byte[] value = text.getBytes(StandardCharsets.UTF_8);

      // When
      Intake.First first = intake.look(Requests.source(TOPICS.promptRequests(), value));

      // Then
      Rejection rejection = ((Intake.First.Hopeless) first).decision().rejection();
      assertThat(rejection.failure().getCode()).isEqualTo(DeadLetterCode.UNREADABLE);
      assertThat(rejection.failure().getKind()).isEqualTo(FailureKind.CALLER);
      assertThat(rejection.failure().getMessage()).contains("4-byte schema id");
    }
  }

  @Test
  void whatTheRegistrySaysOfASchemaDecides() {
    // Given
    SourceRecord source = Requests.source(prompt().build());

    // When
    Optional<Decision> missing = intake.decide(source, 11, new Lookup.Missing(), NOW);
    Optional<Decision> notAvro = intake.decide(source, 11, new Lookup.NotAvro(), NOW);
    Optional<Decision> down = intake.decide(source, 11, new Lookup.Unavailable(), NOW);

    // Then
    assertThat(code(missing)).isEqualTo(DeadLetterCode.UNKNOWN_SCHEMA);
    assertThat(code(notAvro)).isEqualTo(DeadLetterCode.UNREADABLE);
    assertThat(down).isEmpty();
    assertThat(intake.decide(source, 11, OURS, NOW)).get().isInstanceOf(Decision.Accepted.class);
  }

  @Test
  void aRecordOfTheOtherKindOrOfAnIncompatibleSchemaIsUnreadable() {
    // Given
    Schema incompatible =
        SchemaBuilder.record("PromptRequest").fields().requiredString("model").endRecord();
    List<Schema> writers =
        List.of(EmbeddingRequest.getClassSchema(), incompatible, Schema.create(Schema.Type.STRING));

    for (Schema writer : writers) {
      // When
      Optional<Decision> decision =
          intake.decide(Requests.source(prompt().build()), 11, new Lookup.Known(writer), NOW);

      // Then
      assertThat(code(decision)).isEqualTo(DeadLetterCode.UNREADABLE);
    }
  }

  @Test
  void brokenBytesAreDecidedOnAndNothingOfThemIsTold() {
    // Given
    byte[] good = Requests.wire(prompt().build());
    Random random = new Random(17);

    for (int i = 0; i < 3_000; i++) {
      // When
      byte[] broken = broken(good, random);
      Decision decision =
          intake
              .decide(Requests.source(TOPICS.promptRequests(), broken), PROMPT_SCHEMA, OURS, NOW)
              .orElseThrow();

      // Then
      if (decision instanceof Decision.Rejected rejected) {
        assertThat(rejected.rejection().failure().getMessage()).doesNotContain(CANARY);
        assertThat(rejected.rejection().failure().getCode())
            .isNotEqualTo(DeadLetterCode.INTERNAL_ERROR);
      }
    }
  }

  @Test
  void aFewBytesThatClaimMillionsOfElementsAreUnreadable() {
    // Given
    byte[] head = Requests.avro(prompt().build());
    int system = indexOf(head, "chat") + "chat".length();
    ByteBuffer bomb = ByteBuffer.allocate(system + 5);
    bomb.put(head, 0, system)
        .put(new byte[] {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 15});

    // When
    Optional<Decision> decision = decide(WireFormat.wrap(PROMPT_SCHEMA, bomb.array()), OURS);

    // Then
    assertThat(code(decision)).isEqualTo(DeadLetterCode.UNREADABLE);
  }

  @Test
  void aValueThatIsNestedBeyondTheStackIsUnreadable() {
    // Given
    Schema writer =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "PromptRequest", "fields": [
                  {"name": "extra", "type": {"type": "record", "name": "Node", "fields": [
                    {"name": "next", "type": ["null", "Node"]}]}}]}
                """);
    byte[] nested = new byte[90_000];
    Arrays.fill(nested, (byte) 2);

    // When
    Optional<Decision> decision =
        decide(WireFormat.wrap(PROMPT_SCHEMA, nested), new Lookup.Known(withContent(writer)));

    // Then
    assertThat(code(decision)).isEqualTo(DeadLetterCode.UNREADABLE);
  }

  @Test
  void aFailureOfOurOwnIsOurBugAndQuotesNothing() {
    // Given
    List<RecordHeader> broken =
        new AbstractList<>() {
          @Override
          public RecordHeader get(int index) {
            throw new IllegalStateException("cannot handle " + CANARY);
          }

          @Override
          public int size() {
            return 1;
          }
        };
    SourceRecord good = Requests.source(prompt().build());
    SourceRecord source =
        new SourceRecord(good.topic(), 3, 42, good.timestamp(), good.key(), good.value(), broken);

    // When
    Optional<Decision> decision = intake.decide(source, PROMPT_SCHEMA, OURS, NOW);

    // Then
    Rejection rejection = ((Decision.Rejected) decision.orElseThrow()).rejection();
    assertThat(rejection.failure().getCode()).isEqualTo(DeadLetterCode.INTERNAL_ERROR);
    assertThat(rejection.failure().getKind()).isEqualTo(FailureKind.BUG);
    assertThat(rejection.failure().getMessage()).doesNotContain(CANARY);
    assertThat(logs.count("could not be decided on")).isEqualTo(1);
  }

  private Optional<Decision> decide(byte[] value, Lookup lookup) {
    return intake.decide(
        Requests.source(TOPICS.promptRequests(), value), PROMPT_SCHEMA, lookup, NOW);
  }

  private static DeadLetterCode code(Optional<Decision> decision) {
    Rejection rejection = ((Decision.Rejected) decision.orElseThrow()).rejection();
    assertThat(rejection.failure().getMessage()).doesNotContain(CANARY);
    return rejection.failure().getCode();
  }

  /** Keeps the wire format's prefix, cuts the rest short or turns some of its bits. */
  private static byte[] broken(byte[] good, Random random) {
    int from = WireFormat.HEADER;
    byte[] bytes =
        random.nextBoolean()
            ? Arrays.copyOf(good, from + random.nextInt(good.length - from))
            : good.clone();
    for (int turns = random.nextInt(4); turns > 0 && bytes.length > from; turns--) {
      bytes[from + random.nextInt(bytes.length - from)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  /** The writer's fields before those that a request must have. */
  private static Schema withContent(Schema writer) {
    Schema ours = PromptRequest.getClassSchema();
    return Schema.createRecord(
        "PromptRequest",
        null,
        ours.getNamespace(),
        false,
        List.of(
            new Schema.Field(writer.getField("extra"), writer.getField("extra").schema()),
            new Schema.Field(ours.getField("model"), ours.getField("model").schema()),
            new Schema.Field(ours.getField("messages"), ours.getField("messages").schema())));
  }

  private static int indexOf(byte[] bytes, String text) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
  }
}

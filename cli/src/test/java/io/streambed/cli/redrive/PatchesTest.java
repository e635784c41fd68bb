/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.redrive.Skip;
import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.Priority;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.serdes.RecordDecoder;
import io.streambed.schemas.serdes.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;

class PatchesTest {
  private static final Instant LATER = Instant.parse("2026-12-01T00:00:00Z");

  @Test
  void allFourAreAppliedAndNothingElseChanges() {
    // Given
    PromptRequest before = prompt();
    Patches patches =
        new Patches(
            List.of(
                new Patch.Model("small"),
                new Patch.Deadline(Optional.of(LATER)),
                new Patch.MaxTokens(OptionalInt.of(7)),
                new Patch.Urgency(Priority.BACKGROUND)));

    // When
    byte[] value = done(patches.apply(wire(before), PromptRequest.getClassSchema()));

    // Then
    PromptRequest after =
        new RecordDecoder<>(PromptRequest.class).decode(value, PromptRequest.getClassSchema());
    assertThat(after.getModel()).isEqualTo("small");
    assertThat(after.getDeadline()).contains(LATER);
    assertThat(after.getInference().orElseThrow().getMaxTokens()).contains(7);
    assertThat(after.getPriority()).isEqualTo(Priority.BACKGROUND);
    assertThat(WireFormat.schemaId(value)).hasValue(9);
    PromptRequest undone =
        PromptRequest.newBuilder(after)
            .setModel(before.getModel())
            .setDeadline(null)
            .setInference(null)
            .setPriority(before.getPriority())
            .build();
    assertThat(undone).isEqualTo(before);
  }

  @Test
  void withoutAPatchEveryByteStays() {
    byte[] value = wire(prompt());
    assertThat(done(new Patches(List.of()).apply(value, PromptRequest.getClassSchema())))
        .isEqualTo(value);
  }

  @Test
  void whatThisVersionDoesNotKnowIsKept() throws IOException {
    // Given: a later version has one field more
    List<Schema.Field> fields = new ArrayList<>();
    PromptRequest.getClassSchema()
        .getFields()
        .forEach(field -> fields.add(new Schema.Field(field, field.schema())));
    fields.add(new Schema.Field("mood", Schema.create(Schema.Type.STRING), null, "calm"));
    Schema later =
        Schema.createRecord("PromptRequest", null, "io.streambed.schemas", false, fields);
    GenericRecord request =
        new GenericRecordBuilder(later)
            .set("model", "large")
            .set("messages", List.of())
            .set("mood", "merry")
            .build();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(later).write(request, encoder);
    encoder.flush();

    // When
    byte[] value =
        done(
            new Patches(List.of(new Patch.Model("small")))
                .apply(WireFormat.wrap(9, out.toByteArray()), later));

    // Then
    GenericRecord read =
        new GenericDatumReader<GenericRecord>(later, later, new GenericData())
            .read(null, DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null));
    assertThat(read.get("mood")).hasToString("merry");
    assertThat(read.get("model")).hasToString("small");
  }

  @Test
  void whatARequestDoesNotHaveCannotBeChanged() {
    EmbeddingRequest text =
        EmbeddingRequest.newBuilder().setModel("embed").setText("A river.").build();
    Patches tokens = new Patches(List.of(new Patch.MaxTokens(OptionalInt.of(7))));
    assertThat(tokens.apply(wire(text), EmbeddingRequest.getClassSchema()))
        .isEqualTo(new Patches.Patched.Not(Skip.NO_SUCH_FIELD));
  }

  @Test
  void whatIsNoRequestCannotBeChanged() {
    Patches patches = new Patches(List.of(new Patch.Model("small")));
    byte[] longer = Arrays.copyOf(wire(prompt()), 300);
    for (byte[] value : List.of(new byte[0], new byte[] {1, 2, 3}, new byte[9], longer)) {
      assertThat(patches.apply(value, PromptRequest.getClassSchema()))
          .isEqualTo(new Patches.Patched.Not(Skip.UNREADABLE));
    }
  }

  private static byte[] done(Patches.Patched patched) {
    return ((Patches.Patched.Done) patched).value();
  }

  private static PromptRequest prompt() {
    return PromptRequest.newBuilder()
        .setId("q")
        .setModel("large")
        .setMessages(List.of())
        .setMetadata(Map.of("a", "b"))
        .build();
  }

  private static <T extends SpecificRecordBase> byte[] wire(T request) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
      new SpecificDatumWriter<T>(request.getSchema(), request.getSpecificData())
          .write(request, encoder);
      encoder.flush();
      return WireFormat.wrap(9, out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

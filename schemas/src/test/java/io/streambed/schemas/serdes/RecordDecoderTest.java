/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.serdes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streambed.schemas.CachePolicy;
import io.streambed.schemas.Priority;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecordDecoderTest {

  private static final int ID = 7;
  private static final Schema OURS = PromptRequest.getClassSchema();

  private final RecordDecoder<PromptRequest> decoder = new RecordDecoder<>(PromptRequest.class);

  @Test
  void aRecordComesBackEqual() {
    assertThat(decoder.decode(AvroEncoder.encode(ID, Samples.prompt()), OURS))
        .isEqualTo(Samples.prompt());
  }

  @Test
  void anOldProducersRecordGetsTheDefaultsOfTheFieldsItDidNotKnow() throws IOException {
    // Given
    Schema old = oldSchema();
    byte[] value =
        bytes(out -> {
          out.writeString("fast");
          out.writeArrayStart();
          out.setItemCount(1);
          out.startItem();
          out.writeEnum(1);
          out.writeArrayStart();
          out.writeArrayEnd();
          out.writeArrayEnd();
        });

    // When
    PromptRequest read = decoder.decode(value, old);

    // Then
    assertThat(read.getModel()).isEqualTo("fast");
    assertThat(read.getTenant()).isEqualTo("default");
    assertThat(read.getPriority()).isEqualTo(Priority.STANDARD);
    assertThat(read.getCachePolicy()).isEqualTo(CachePolicy.USE);
    assertThat(read.getMessages().getFirst().getRole())
        .as("a word that we do not know")
        .isEqualTo(Role.UNKNOWN);
  }

  static Stream<Arguments> broken() throws IOException {
    byte[] whole = AvroEncoder.encode(ID, Samples.prompt());
    return Stream.of(
        Arguments.of("cut short", Arrays.copyOf(whole, whole.length - 3)),
        Arguments.of("with bytes behind its end", Arrays.copyOf(whole, whole.length + 1)),
        Arguments.of("nothing but a header", Arrays.copyOf(whole, WireFormat.HEADER)),
        Arguments.of("claiming a text of 2 GB", bytes(out -> claimedText(out, 2_000_000_000L))),
        Arguments.of("claiming 2 billion labels", bytes(out -> claimedLabels(out, 2_000_000_000L))),
        Arguments.of("claiming a text of negative length", bytes(out -> claimedText(out, -9))),
        Arguments.of("naming no branch of a union", bytes(out -> out.writeIndex(5))));
  }

  @ParameterizedTest(name = "a value {0}")
  @MethodSource("broken")
  void aBrokenValueIsUnreadableAndItsMessageHoldsNoneOfIt(String what, byte[] value) {
    assertThatThrownBy(() -> decoder.decode(value, OURS))
        .as(what)
        .isInstanceOf(UnreadableRecordException.class)
        .hasNoCause()
        .hasMessageContaining("schema, id 7")
        .message()
        .doesNotContain("secret");
  }

  @Test
  void aRecordOfAnotherKindIsUnreadable() throws IOException {
    Schema other = SchemaBuilder.record("Other").fields().requiredString("text").endRecord();
    byte[] value = bytes(out -> out.writeString(Samples.SECRET));

    assertThatThrownBy(() -> decoder.decode(value, other))
        .isInstanceOf(UnreadableRecordException.class)
        .hasMessageContaining("io.streambed.schemas.PromptRequest");
  }

  @Test
  void oneIdOfTwoRegistriesIsNotMixedUp() throws IOException {
    // Given
    decoder.decode(AvroEncoder.encode(ID, Samples.prompt()), OURS);

    // When
    PromptRequest read =
        decoder.decode(
            bytes(out -> {
              out.writeString("slow");
              out.writeArrayStart();
              out.writeArrayEnd();
            }),
            oldSchema());

    // Then
    assertThat(read.getModel()).isEqualTo("slow");
  }

  private static void claimedText(BinaryEncoder out, long length) throws IOException {
    out.writeIndex(1);
    out.writeLong(length);
  }

  private static void claimedLabels(BinaryEncoder out, long count) throws IOException {
    out.writeIndex(0);
    out.writeString("tenant");
    out.writeEnum(1);
    out.writeIndex(0);
    out.writeEnum(0);
    out.writeLong(count);
  }

  /** What a producer in another language may have written years ago, with a word that went away. */
  private static Schema oldSchema() {
    return new Schema.Parser()
        .parse(
            """
            {"type": "record", "name": "PromptRequest", "namespace": "io.streambed.schemas", "fields": [
              {"name": "model", "type": "string"},
              {"name": "messages", "type": {"type": "array", "items":
                {"type": "record", "name": "Message", "fields": [
                  {"name": "role", "type": {"type": "enum", "name": "Role", "symbols": ["USER", "NARRATOR"]}},
                  {"name": "content", "type": {"type": "array", "items":
                    {"type": "record", "name": "ContentBlock", "fields": []}}}]}}}]}
            """);
  }

  private interface Writing {
    void to(BinaryEncoder out) throws IOException;
  }

  private static byte[] bytes(Writing writing) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    writing.to(encoder);
    encoder.flush();
    return WireFormat.wrap(ID, out.toByteArray());
  }
}

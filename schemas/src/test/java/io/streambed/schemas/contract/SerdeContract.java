/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.registry.SchemaNotFoundException;
import io.streambed.schemas.serdes.AvroDeserializer;
import io.streambed.schemas.serdes.AvroEncoder;
import io.streambed.schemas.serdes.AvroSerializer;
import io.streambed.schemas.serdes.Reading;
import io.streambed.schemas.serdes.ResolvedReader;
import io.streambed.schemas.serdes.Samples;
import io.streambed.schemas.serdes.SerdeConfig;
import io.streambed.schemas.serdes.SubjectNaming;
import io.streambed.schemas.serdes.UnreadableRecordException;
import io.streambed.schemas.serdes.WireFormat;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;

/** Records that go through the registry, between our own ends and to and from another client. */
abstract class SerdeContract extends RegistryContract {

  private final String topic = subject.replace("-value", "");

  @Test
  void aPlainProducersRecordIsReadByAPlainConsumer() {
    try (AvroSerializer<PromptRequest> writer = serializer(true);
        AvroDeserializer<PromptRequest> reader = new AvroDeserializer<>()) {
      // Given
      reader.configure(
          Map.of(SerdeConfig.URLS, url().toString(), SerdeConfig.RECORD, PromptRequest.class),
          false);

      // When
      byte[] value = written(writer);

      // Then
      assertThat(reader.deserialize(topic, value)).isEqualTo(Samples.prompt());
      assertThat(get(client.latest(subject)).id())
          .isEqualTo(WireFormat.schemaId(value).orElseThrow());
    }
  }

  @Test
  void withoutAutoRegisterASchemaMustBeThere() {
    try (AvroSerializer<PromptRequest> writer = serializer(false)) {
      assertThatThrownBy(() -> writer.serialize(topic, Samples.prompt()))
          .isInstanceOf(SchemaNotFoundException.class)
          .hasMessageContaining(subject);

      // When
      int id = get(client.register(subject, PromptRequest.getClassSchema()));

      // Then
      assertThat(WireFormat.schemaId(written(writer))).hasValue(id);
    }
  }

  @Test
  void aReaderThatMayNotBlockSaysThatItWaitsAndThenReads() {
    // Given
    byte[] value = encoded();
    ResolvedReader<PromptRequest> reader = new ResolvedReader<>(client, PromptRequest.class);

    // When
    Reading<PromptRequest> first = reader.read(value);

    // Then
    assertThat(first).isInstanceOf(Reading.Waiting.class);
    get(((Reading.Waiting<PromptRequest>) first).schema());
    assertThat(reader.read(value))
        .isEqualTo(new Reading.Done<>(Samples.prompt(), WireFormat.schemaId(value).orElseThrow()));
  }

  @Test
  void bytesThatAreNoRecordAreUnreadableWithoutAskingTheRegistry() {
    ResolvedReader<PromptRequest> reader = new ResolvedReader<>(client, PromptRequest.class);
    assertThat(reader.read(Samples.SECRET.getBytes()))
        .isInstanceOfSatisfying(
            Reading.Unreadable.class,
            unreadable ->
                assertThat(unreadable.reason())
                    .isInstanceOf(UnreadableRecordException.class)
                    .hasMessageNotContaining(Samples.SECRET));
  }

  @Test
  void anIndependentClientReadsWhatWeWrite() throws IOException {
    assumeTrue(IndependentClient.isThere(), IndependentClient.WHY_NOT);
    assertThat(new IndependentClient(url()).read(encoded()))
        .isEqualTo(SpecificData.get().toString(Samples.prompt()));
  }

  @Test
  void weReadWhatAnIndependentClientWrites() throws IOException {
    assumeTrue(IndependentClient.isThere(), IndependentClient.WHY_NOT);
    // When
    byte[] value =
        new IndependentClient(url()).write(subject, PromptRequest.getClassSchema(), encodedJson());

    // Then
    get(client.schema(WireFormat.schemaId(value).orElseThrow()));
    assertThat(new ResolvedReader<>(client, PromptRequest.class).read(value))
        .isInstanceOfSatisfying(
            Reading.Done.class, done -> assertThat(done.record()).isEqualTo(Samples.prompt()));
  }

  private byte[] encoded() {
    try (AvroSerializer<PromptRequest> writer = serializer(true)) {
      return written(writer);
    }
  }

  private byte[] written(AvroSerializer<PromptRequest> writer) {
    return Objects.requireNonNull(writer.serialize(topic, Samples.prompt()));
  }

  private static String encodedJson() throws IOException {
    return AvroJson.of(Samples.prompt());
  }

  private AvroSerializer<PromptRequest> serializer(boolean autoRegister) {
    AvroSerializer<PromptRequest> writer = new AvroSerializer<>();
    writer.configure(
        Map.of(SerdeConfig.URLS, url().toString(), SerdeConfig.AUTO_REGISTER, autoRegister), false);
    return writer;
  }

  @Test
  void anEncoderAsksTheRegistryOnlyWhenItIsPrepared() {
    // Given
    AvroEncoder encoder = new AvroEncoder(client, SubjectNaming.TOPIC_NAME, true);
    assertThatThrownBy(() -> encoder.encode(topic, Samples.prompt()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("was not prepared");

    // When
    int id = get(encoder.prepare(topic, PromptRequest.getClassSchema()));
    client.close();

    // Then
    assertThat(WireFormat.schemaId(encoder.encode(topic, Samples.prompt()))).hasValue(id);
  }
}

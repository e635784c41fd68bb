/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.streambed.processors.model.CallFailure;
import io.streambed.processors.model.EmbeddingFamily;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelCall.EmbeddingCall;
import io.streambed.processors.model.ModelResult;
import io.streambed.processors.model.ModelResult.Failed;
import io.streambed.processors.model.ModelResult.TextsEmbedded;
import io.streambed.processors.model.Vector;
import io.streambed.schemas.EmbeddingPurpose;
import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.TokenUsage;
import io.streambed.schemas.Truncation;
import io.streambed.schemas.VectorEncoding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingCodecTest {

  static Stream<Arguments> bodies() {
    return Stream.of(
        arguments(EmbeddingFamily.TITAN_V1, text("a"), "{'inputText':'a'}"),
        arguments(
            EmbeddingFamily.TITAN_V2, text("a"), "{'inputText':'a','embeddingTypes':['float']}"),
        arguments(
            EmbeddingFamily.TITAN_V2,
            text("a").setDimensions(256).setNormalize(false).setEncoding(VectorEncoding.BINARY),
            "{'inputText':'a','dimensions':256,'normalize':false,'embeddingTypes':['binary']}"),
        arguments(
            EmbeddingFamily.COHERE_V3,
            text("a")
                .setPurpose(EmbeddingPurpose.QUERY)
                .setTruncation(Truncation.START)
                .setEncoding(VectorEncoding.UINT8),
            "{'texts':['a'],'input_type':'search_query','truncate':'START',"
                + "'embedding_types':['uint8']}"),
        arguments(
            EmbeddingFamily.COHERE_V4,
            text("a")
                .setPurpose(EmbeddingPurpose.CLUSTERING)
                .setTruncation(Truncation.END)
                .setDimensions(512),
            "{'texts':['a'],'input_type':'clustering','truncate':'RIGHT',"
                + "'embedding_types':['float'],'output_dimension':512}"),
        arguments(
            EmbeddingFamily.NOVA_2,
            text("a").setPurpose(EmbeddingPurpose.CLASSIFICATION).setDimensions(384),
            "{'schemaVersion':'nova-multimodal-embed-v1','taskType':'SINGLE_EMBEDDING',"
                + "'singleEmbeddingParams':{'embeddingPurpose':'CLASSIFICATION',"
                + "'embeddingDimension':384,'text':{'truncationMode':'NONE','value':'a'}}}"));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void aFamilyIsAskedInItsOwnForm(
      EmbeddingFamily family, EmbeddingRequest.Builder text, String body) {
    assertThat(EmbeddingCodec.of(family).body(List.of(text.build())))
        .hasToString(body.replace('\'', '"'));
  }

  @ParameterizedTest
  @EnumSource(
      value = EmbeddingFamily.class,
      names = {"COHERE_V3", "COHERE_V4"})
  void vectorsComeAsABareArrayOrByTheirType(EmbeddingFamily family) {
    // Given
    List<Vector> expected =
        List.of(new Vector.Floats(List.of(1f, 2f)), new Vector.Floats(List.of(3f, 4f)));

    // Then
    for (String json :
        List.of("{'embeddings':[[1,2],[3,4]]}", "{'embeddings':{'float':[[1.0,2.0],[3.0,4.0]]}}")) {
      assertThat(embedded(family, json, text("a"), text("b")).vectors()).isEqualTo(expected);
    }
  }

  @Test
  void packedNumbersAreOneAByteAndBitsEight() {
    assertThat(packed(VectorEncoding.INT8, "{'int8':[[-128,-1,127]]}"))
        .isEqualTo(List.of((byte) -128, (byte) -1, (byte) 127));
    assertThat(packed(VectorEncoding.UINT8, "{'uint8':[[0,255]]}"))
        .isEqualTo(List.of((byte) 0, (byte) -1));
    assertThat(packed(VectorEncoding.UBINARY, "{'ubinary':[[170]]}"))
        .isEqualTo(List.of((byte) 0xAA));
    assertThat(dimensions(VectorEncoding.UBINARY, "{'ubinary':[[170,1]]}")).isEqualTo(16);
    assertThat(dimensions(VectorEncoding.BINARY, "{'binary':[[-1,1]]}")).isEqualTo(16);
    assertThat(dimensions(VectorEncoding.INT8, "{'int8':[[-1,1]]}")).isEqualTo(2);
  }

  @Test
  void titansBitsArePackedHoweverTheyCome() {
    // Given
    EmbeddingRequest.Builder text = text("a").setEncoding(VectorEncoding.BINARY).setDimensions(16);
    String single = "{'embeddingsByType':{'binary':[1,0,1,0,1,0,1,0,0,0,0,0,0,0,0,1]}}";
    String packed = "{'embeddingsByType':{'binary':[170,1]}}";

    // Then
    for (String json : List.of(single, packed)) {
      Vector vector = embedded(EmbeddingFamily.TITAN_V2, json, text).vectors().getFirst();
      assertThat(vector.dimensions()).isEqualTo(16);
      assertThat(((Vector.Packed) vector).bytes()).containsExactly(0xAA, 1);
    }
  }

  @Test
  void novaAnswersWithOneOfAList() {
    assertThat(
            embedded(
                    EmbeddingFamily.NOVA_2,
                    "{'embeddings':[{'embeddingType':'TEXT','embedding':[0.5]}]}",
                    text("a"))
                .vectors())
        .isEqualTo(List.of(new Vector.Floats(List.of(0.5f))));
  }

  @Test
  void tokensAreTakenFromTheBodyElseTheHeaderElseEstimated() {
    // Given
    EmbeddingCall titan = call(EmbeddingFamily.TITAN_V1, text("hello"));
    EmbeddingCall cohere = call(EmbeddingFamily.COHERE_V3, text("hello"), text("日本"));
    String two = "{'embeddings':[[1],[2]]}";

    // Then
    assertThat(result(titan, "{'embedding':[1],'inputTextTokenCount':7}", Optional.of("9")))
        .isEqualTo(one(7, false));
    assertThat(result(titan, "{'embedding':[1]}", Optional.of("9"))).isEqualTo(one(9, false));
    assertThat(result(titan, "{'embedding':[1]}", Optional.of("x"))).isEqualTo(one(2, true));
    // Five bytes are two tokens, six are two.
    assertThat(((TextsEmbedded) result(cohere, two, Optional.empty())).usage().getInputTokens())
        .isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "{}",
        "[]",
        "null",
        "{'embeddings':[]}",
        "{'embeddings':[[1],[2],[3]]}",
        "{'embeddings':{'int8':[[1],[2]]}}",
        "{'embeddings':[['x'],[1]]}",
        "{'embeddings':[[],[]]}",
        "{'embeddings':[[1],null]}"
      })
  void anAnswerOfAnotherFormIsMalformed(String json) {
    // When
    ModelResult result =
        result(call(EmbeddingFamily.COHERE_V3, text("a"), text("b")), json, Optional.of("3"));

    // Then
    assertThat(result)
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.reason()).isEqualTo(CallFailure.MALFORMED_ANSWER);
              assertThat(failed.usage()).isEqualTo(new TokenUsage(3L, 0L, 0L, 0L, 0L));
            });
  }

  @Test
  void aBatchTakesTheParametersOfItsFirst() {
    // When
    var body =
        EmbeddingCodec.of(EmbeddingFamily.COHERE_V3)
            .body(List.of(text("a").setPurpose(EmbeddingPurpose.QUERY).build(), text("b").build()));

    // Then
    assertThat(body)
        .hasToString(
            "{\"texts\":[\"a\",\"b\"],\"input_type\":\"search_query\","
                + "\"embedding_types\":[\"float\"]}");
  }

  private static List<Byte> packed(VectorEncoding encoding, String embeddings) {
    Vector.Packed vector = packedVector(encoding, embeddings);
    assertThat(vector.encoding()).isEqualTo(encoding);
    return org.assertj.core.util.Lists.newArrayList(box(vector.bytes()));
  }

  private static int dimensions(VectorEncoding encoding, String embeddings) {
    return packedVector(encoding, embeddings).dimensions();
  }

  private static Vector.Packed packedVector(VectorEncoding encoding, String embeddings) {
    return (Vector.Packed)
        embedded(
                EmbeddingFamily.COHERE_V3,
                "{'embeddings':" + embeddings + "}",
                text("a").setEncoding(encoding))
            .vectors()
            .getFirst();
  }

  private static Byte[] box(byte[] bytes) {
    Byte[] boxed = new Byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      boxed[i] = bytes[i];
    }
    return boxed;
  }

  private static TextsEmbedded one(long tokens, boolean estimated) {
    return new TextsEmbedded(
        List.of(new Vector.Floats(List.of(1f))), new TokenUsage(tokens, 0L, 0L, 0L, 0L), estimated);
  }

  private static TextsEmbedded embedded(
      EmbeddingFamily family, String json, EmbeddingRequest.Builder... texts) {
    ModelResult result = result(call(family, texts), json, Optional.empty());
    assertThat(result).isInstanceOf(TextsEmbedded.class);
    return (TextsEmbedded) result;
  }

  private static ModelResult result(EmbeddingCall call, String json, Optional<String> header) {
    EmbeddingFamily family = EmbeddingFamily.valueOf(call.lane().modelId());
    return EmbeddingAnswers.result(
        call, EmbeddingCodec.of(family), json.replace('\'', '"').getBytes(UTF_8), header);
  }

  private static EmbeddingCall call(EmbeddingFamily family, EmbeddingRequest.Builder... texts) {
    return new EmbeddingCall(
        "a1",
        new Lane(family.name(), "us-east-1", 1),
        "acme",
        Stream.of(texts).map(EmbeddingRequest.Builder::build).toList());
  }

  private static EmbeddingRequest.Builder text(String text) {
    return Calls.embedding(text);
  }
}

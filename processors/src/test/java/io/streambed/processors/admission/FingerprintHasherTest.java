/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import static io.streambed.processors.admission.Requests.CHAT;
import static io.streambed.processors.admission.Requests.VECTORS;
import static io.streambed.processors.admission.Requests.block;
import static io.streambed.processors.admission.Requests.embedding;
import static io.streambed.processors.admission.Requests.message;
import static io.streambed.processors.admission.Requests.prompt;
import static io.streambed.processors.admission.Requests.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.model.ModelAlias;
import io.streambed.schemas.CachePointBlock;
import io.streambed.schemas.CachePolicy;
import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.EmbeddingPurpose;
import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.ImageBlock;
import io.streambed.schemas.InferenceParameters;
import io.streambed.schemas.Operation;
import io.streambed.schemas.Priority;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.Role;
import io.streambed.schemas.SystemBlock;
import io.streambed.schemas.Tool;
import io.streambed.schemas.ToolConfiguration;
import io.streambed.schemas.VectorEncoding;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FingerprintHasherTest {

  private final FingerprintHasher hasher = new FingerprintHasher();

  /** Caches of users hold these: a change of the format needs a new number of the format. */
  @Test
  void fingerprintsStayWhatTheyWere() throws NotJsonException {
    assertThat(
            List.of(
                of(prompt().build()),
                of(rich().build()),
                of(embedding().setPurpose(EmbeddingPurpose.QUERY).setDimensions(256).build()),
                HexFormat.of().formatHex(hasher.batchGroup(embedding().build(), VECTORS))))
        .containsExactly(
            "844aca2c5c0e898400142faeb7b2f899ff45b635ea1f34bd3ad121684317b241",
            "d488c36750cd77152dc461110ed38aa72594fb90cdd349864f9f7300318e39ee",
            "776536790dd070d4f67637f030b7d7edb464cf66c019cedfa92a321af26afad3",
            "da9edadf3bbfe253986978e33f544aba");
  }

  @Test
  void theFormatIsTheOneThatIsDescribed() throws Exception {
    // Given
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte('V');
    out.writeLong(1);
    put(out, "N", "EMBEDDING", "S", "acme", "S", "vectors", "S", "1");
    out.writeByte('R');
    put(out, "K", "dimensions");
    out.writeByte('I');
    out.writeLong(256);
    put(out, "K", "encoding", "N", "FLOAT", "K", "model", "S", "vectors");
    put(out, "K", "normalize");
    out.writeByte('T');
    put(out, "K", "tenant", "S", "acme", "K", "text", "S", "grüße");
    out.writeByte('E');
    EmbeddingRequest request =
        embedding()
            .setTenant("acme")
            .setDimensions(256)
            .setNormalize(true)
            .setText("grüße")
            .build();

    // When
    byte[] expected = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());

    // Then
    assertThat(of(request)).isEqualTo(HexFormat.of().formatHex(expected));
  }

  @Test
  void whoAsksAndHowUrgentlyDoesNotCount() throws NotJsonException {
    // Given
    PromptRequest one = prompt().build();

    // When
    PromptRequest other =
        prompt()
            .setId("another")
            .setPriority(Priority.INTERACTIVE)
            .setDeadline(Instant.EPOCH)
            .setCachePolicy(CachePolicy.REFRESH)
            .setMetadata(Map.of("a", "b"))
            .build();

    // Then
    assertThat(of(other)).isEqualTo(of(one));
  }

  @Test
  void whateverDecidesTheAnswerCounts() throws NotJsonException {
    // Given
    List<PromptRequest> different =
        List.of(
            prompt().build(),
            prompt().setTenant("acme").build(),
            prompt().setModel("chat-2").build(),
            said(text("canary-7d1g")),
            said(text("canary-7d1f"), text("")),
            said(text("canary-7d1"), text("f")),
            said(image("png", new byte[] {1})),
            said(image("png", new byte[] {2})),
            said(image("gif", new byte[] {1})),
            prompt().setSystem(List.of(SystemBlock.newBuilder().setText("s").build())).build(),
            prompt().setInference(InferenceParameters.newBuilder().setTopP(0.5).build()).build(),
            prompt()
                .setInference(InferenceParameters.newBuilder().setTemperature(0.5).build())
                .build(),
            prompt().setInference(InferenceParameters.newBuilder().setMaxTokens(7).build()).build(),
            prompt()
                .setInference(
                    InferenceParameters.newBuilder().setStopSequences(List.of("a", "b")).build())
                .build(),
            prompt()
                .setInference(
                    InferenceParameters.newBuilder().setStopSequences(List.of("b", "a")).build())
                .build(),
            prompt().setAdditionalModelFields("{}").build(),
            prompt().setAdditionalModelFields("[]").build(),
            prompt().setAdditionalModelFields("{\"a\":1}").build(),
            prompt().setAdditionalModelFields("{\"a\":\"1\"}").build(),
            prompt().setAdditionalModelFields("{\"a\":null}").build(),
            prompt().setAdditionalModelFields("{\"a\":10}").build(),
            prompt().setAdditionalModelFields("{\"a\":[1,2]}").build(),
            prompt().setAdditionalModelFields("{\"a\":[2,1]}").build(),
            prompt().setAdditionalModelFields("{\"a\":\" 1\"}").build(),
            prompt().setAdditionalResponsePaths(List.of("/a")).build());

    // When
    Set<String> fingerprints = new HashSet<>();
    for (PromptRequest request : different) {
      fingerprints.add(of(request));
    }

    // Then
    assertThat(fingerprints).hasSameSizeAs(different);
  }

  @Test
  void everyParameterOfATextCountsAndOnlyTheTextIsLeftOutOfItsBatchGroup() throws NotJsonException {
    // Given
    List<EmbeddingRequest> different =
        List.of(
            embedding().build(),
            embedding().setTenant("acme").build(),
            embedding().setPurpose(EmbeddingPurpose.QUERY).build(),
            embedding().setDimensions(8).build(),
            embedding().setNormalize(false).build(),
            embedding().setEncoding(VectorEncoding.INT8).build());

    // When
    Set<String> fingerprints = new HashSet<>();
    Set<ByteBuffer> groups = new HashSet<>();
    for (EmbeddingRequest request : different) {
      fingerprints.add(of(request));
      groups.add(ByteBuffer.wrap(hasher.batchGroup(request, VECTORS)));
    }

    // Then
    EmbeddingRequest otherText = embedding().setText("another").build();
    assertThat(fingerprints).hasSameSizeAs(different).doesNotContain(of(otherText));
    assertThat(groups)
        .hasSameSizeAs(different)
        .contains(ByteBuffer.wrap(hasher.batchGroup(otherText, VECTORS)));
  }

  @Test
  void theAliasAnswerVersionCountsAndItsLaneDoesNot() throws NotJsonException {
    // Given
    ModelAlias newer = Requests.prompts("chat", "2", CHAT.maxTokens());
    ModelAlias elsewhere =
        ModelAlias.of("chat", Operation.PROMPT, Requests.lane("nova"), "1", CHAT.maxTokens());

    // When
    PromptRequest request = prompt().build();

    // Then
    assertThat(hasher.prompt(request, newer)).isNotEqualTo(hasher.prompt(request, CHAT));
    assertThat(hasher.prompt(request, elsewhere)).isEqualTo(hasher.prompt(request, CHAT));
  }

  @Test
  void aTokenLimitThatIsLeftOutIsTheAliasDefault() throws NotJsonException {
    // Given
    ModelAlias smaller = Requests.prompts("chat", "1", 10);
    PromptRequest without = prompt().build();
    PromptRequest with =
        prompt()
            .setInference(InferenceParameters.newBuilder().setMaxTokens(CHAT.maxTokens()).build())
            .build();

    // When
    String fingerprint = of(without);

    // Then
    assertThat(of(with)).isEqualTo(fingerprint);
    assertThat(hasher.prompt(without, smaller)).isNotEqualTo(hasher.prompt(without, CHAT));
    assertThat(hasher.prompt(with, smaller)).isEqualTo(hasher.prompt(with, CHAT));
    assertThat(without.getInference()).isEmpty();
  }

  @Test
  void cachePointsAndEmptyRecordsCountForNothing() throws NotJsonException {
    // Given
    CachePointBlock point = CachePointBlock.newBuilder().setTtl("1h").build();
    PromptRequest plain = prompt().build();

    // When
    PromptRequest marked =
        prompt()
            .setSystem(List.of(SystemBlock.newBuilder().setCachePoint(point).build()))
            .setMessages(
                List.of(
                    message(
                        Role.USER,
                        block(b -> b.setCachePoint(point)),
                        text(Requests.CANARY),
                        block(b -> b.setCachePoint(point)))))
            .setInference(InferenceParameters.newBuilder().build())
            .setTools(
                ToolConfiguration.newBuilder().setTools(List.of()).setCachePoint(point).build())
            .build();

    // Then
    assertThat(of(marked)).isEqualTo(of(plain));
  }

  private static PromptRequest.Builder rich() {
    return prompt()
        .setTenant("acme")
        .setSystem(List.of(SystemBlock.newBuilder().setText("be brief").build()))
        .setMessages(
            List.of(
                message(Role.USER, text("look"), image("png", new byte[] {1, 2, 3})),
                message(Role.ASSISTANT, text("at what?"))))
        .setInference(
            InferenceParameters.newBuilder()
                .setTemperature(0.25)
                .setStopSequences(List.of("END"))
                .build())
        .setTools(
            ToolConfiguration.newBuilder()
                .setTools(
                    List.of(
                        Tool.newBuilder()
                            .setName("look")
                            .setInputSchema("{\"type\":\"object\",\"max\":1.50}")
                            .setStrict(true)
                            .build()))
                .build())
        .setAdditionalModelFields("{\"top_k\": 40, \"on\": [true, null, -0.0, 1e3]}");
  }

  private static ContentBlock image(String format, byte[] bytes) {
    return block(b ->
        b.setImage(
            ImageBlock.newBuilder().setFormat(format).setBytes(ByteBuffer.wrap(bytes)).build()));
  }

  private static PromptRequest said(ContentBlock... content) {
    return prompt().setMessages(List.of(message(Role.USER, content))).build();
  }

  private static void put(DataOutputStream out, String... tagsAndTexts) throws IOException {
    for (int i = 0; i < tagsAndTexts.length; i++) {
      byte[] bytes = tagsAndTexts[i].getBytes(StandardCharsets.UTF_8);
      boolean isText = i % 2 == 1;
      if (isText) {
        out.writeInt(bytes.length);
      }
      out.write(bytes);
    }
  }

  private String of(PromptRequest request) throws NotJsonException {
    return hasher.prompt(request, CHAT).toString();
  }

  private String of(EmbeddingRequest request) throws NotJsonException {
    return hasher.embedding(request, VECTORS).toString();
  }
}

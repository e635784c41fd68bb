/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;
import software.amazon.awssdk.services.bedrockruntime.model.OutputFormatType;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ToolInputSchema;
import software.amazon.awssdk.services.bedrockruntime.model.ToolSpecification;
import software.amazon.awssdk.services.bedrockruntime.model.ToolUseBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** Every operation that answers whole, by the unmodified clients of AWS. */
class OperationsIT extends Stand {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void aSyncClientGetsAnAnswer() {
    // When
    ConverseResponse response = sync.converse(prompt("Why do rivers meander in plains?"));

    // Then
    assertThat(response.output().message().content().getFirst().text()).isNotBlank();
    assertThat(response.stopReasonAsString()).isEqualTo("end_turn");
    assertThat(response.usage().inputTokens()).isBetween(5, 20);
    assertThat(response.usage().totalTokens())
        .isEqualTo(response.usage().inputTokens() + response.usage().outputTokens());
    assertThat(response.responseMetadata().requestId()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http1", "http2"})
  void anAsyncClientGetsTheSameAnswerOverEitherHttp(String protocol) {
    // Given
    ConverseRequest request = prompt("Name three uses of basalt.");

    // When
    ConverseResponse response = client(protocol).converse(request).join();

    // Then
    assertThat(response.output()).isEqualTo(sync.converse(request).output());
  }

  @Test
  void anotherPromptGetsAnotherAnswer() {
    // When
    ConverseResponse one = sync.converse(prompt("Name three uses of basalt."));
    ConverseResponse other = sync.converse(prompt("Name three uses of granite."));

    // Then
    assertThat(one.output()).isNotEqualTo(other.output());
  }

  @Test
  void anAnswerStopsAtTheTokensThatItMayHave() {
    // When
    ConverseResponse response =
        sync.converse(prompt("Describe glaciers in 300 words.", 25, "attempt-1"));

    // Then
    assertThat(response.stopReasonAsString()).isEqualTo("max_tokens");
    assertThat(response.usage().outputTokens()).isEqualTo(25);
  }

  @Test
  void aToolThatIsDemandedIsAskedForWithArgumentsOfItsSchema() {
    // Given
    Document schema =
        Document.fromMap(
            Map.of(
                "type", Document.fromString("object"),
                "properties",
                    Document.fromMap(
                        Map.of(
                            "location",
                            Document.fromMap(Map.of("type", Document.fromString("string"))))),
                "required", Document.fromList(List.of(Document.fromString("location")))));
    ConverseRequest request =
        prompt("What is the weather in Seattle today?").toBuilder()
            .toolConfig(config ->
                config.tools(
                    Tool.fromToolSpec(
                        ToolSpecification.builder()
                            .name("get_current_weather")
                            .inputSchema(ToolInputSchema.fromJson(schema))
                            .build())))
            .build();

    // When
    ConverseResponse response = sync.converse(request);

    // Then
    assertThat(response.stopReasonAsString()).isEqualTo("tool_use");
    ToolUseBlock use = response.output().message().content().getLast().toolUse();
    assertThat(use.name()).isEqualTo("get_current_weather");
    assertThat(use.input().asMap())
        .containsOnlyKeys("location")
        .allSatisfy((name, value) -> assertThat(value.asString()).isNotBlank());
  }

  @Test
  void anAnswerWithASchemaIsJsonThatFitsIt() throws Exception {
    // Given
    ConverseRequest request =
        prompt("Classify: the parcel never came.").toBuilder()
            .outputConfig(output ->
                output.textFormat(format ->
                    format
                        .type(OutputFormatType.JSON_SCHEMA)
                        .structure(structure ->
                            structure.jsonSchema(schema ->
                                schema.schema(
                                    """
                                    {"type":"object","properties":{
                                      "label":{"enum":["complaint","praise"]},
                                      "score":{"type":"number","minimum":0,"maximum":1}}}
                                    """)))))
            .build();

    // When
    String text = sync.converse(request).output().message().content().getFirst().text();

    // Then
    JsonNode json = MAPPER.readTree(text);
    assertThat(json.get("label").asText()).isIn("complaint", "praise");
    assertThat(json.get("score").asDouble()).isBetween(0.0, 1.0);
  }

  @Test
  void tokensAreCountedAsTheAnswerBillsThem() {
    // Given
    ConverseRequest request = prompt("How many tokens has this sentence?");

    // When
    int counted =
        sync.countTokens(count ->
                count
                    .modelId(NOVA)
                    .input(input -> input.converse(c -> c.messages(request.messages()))))
            .inputTokens();

    // Then
    assertThat(counted).isEqualTo(sync.converse(request).usage().inputTokens());
    assertThat(bedrock.ledger().calls().getFirst().outcome().picoDollars()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          amazon.titan-embed-text-v1 | {"inputText":"hello"} | /embedding | 1536
          amazon.titan-embed-text-v2:0 | {"inputText":"hello","dimensions":256} | /embedding | 256
          amazon.titan-embed-text-v2:0 | {"inputText":"hello","embeddingTypes":["binary"]} | /embeddingsByType/binary | 1024
          amazon.titan-embed-image-v1 | {"inputText":"hello","embeddingConfig":{"outputEmbeddingLength":384}} | /embedding | 384
          cohere.embed-english-v3 | {"texts":["a","b"],"input_type":"search_document"} | /embeddings/1 | 1024
          cohere.embed-english-v3 | {"texts":["a","b"],"input_type":"search_document","embedding_types":["float","int8"]} | /embeddings/int8/1 | 1024
          us.cohere.embed-v4:0 | {"texts":["a"],"input_type":"search_query","output_dimension":512} | /embeddings/0 | 512
          cohere.embed-v4:0 | {"inputs":[{"content":[{"type":"text","text":"a"}]}],"input_type":"clustering"} | /embeddings/0 | 1536
          amazon.nova-2-multimodal-embeddings-v1:0 | {"taskType":"SINGLE_EMBEDDING","singleEmbeddingParams":{"embeddingPurpose":"GENERIC_INDEX","embeddingDimension":384,"text":{"truncationMode":"END","value":"a"}}} | /embeddings/0/embedding | 384
          """)
  void eachFamilyEmbedsInItsOwnFormat(String model, String body, String path, int dimensions)
      throws Exception {
    // When
    InvokeModelResponse response = http1.invokeModel(invoke(model, body)).join();

    // Then
    assertThat(MAPPER.readTree(response.body().asByteArray()).at(path)).hasSize(dimensions);
  }

  @Test
  void theHeadersOfTitanCountTokensAndThoseOfCohereDoNot() throws Exception {
    // When
    InvokeModelResponse titan = sync.invokeModel(invoke(TITAN, "{\"inputText\":\"hello world\"}"));
    InvokeModelResponse cohere =
        sync.invokeModel(
            invoke(COHERE, "{\"texts\":[\"hello\"],\"input_type\":\"search_document\"}"));

    // Then
    String header = "X-Amzn-Bedrock-Input-Token-Count";
    assertThat(titan.sdkHttpResponse().firstMatchingHeader(header))
        .contains(MAPPER.readTree(titan.body().asByteArray()).get("inputTextTokenCount").asText());
    assertThat(cohere.sdkHttpResponse().firstMatchingHeader(header)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http1", "http2"})
  void ninetySixTextsAreTakenAndOneMoreIsNot(String protocol) throws Exception {
    // When
    InvokeModelResponse response =
        client(protocol).invokeModel(invoke(COHERE, cohereBody(96))).join();
    Throwable failure = failure(client(protocol).invokeModel(invoke(COHERE, cohereBody(97))));

    // Then
    assertThat(MAPPER.readTree(response.body().asByteArray()).get("embeddings")).hasSize(96);
    assertThat(failure).isInstanceOf(ValidationException.class);
  }

  private static String cohereBody(int texts) {
    return IntStream.range(0, texts)
        .mapToObj(n -> "\"text number " + n + "\"")
        .collect(Collectors.joining(",", "{\"texts\":[", "],\"input_type\":\"search_document\"}"));
  }
}

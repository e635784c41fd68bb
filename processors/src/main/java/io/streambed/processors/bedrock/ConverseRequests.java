/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import io.streambed.processors.model.ModelCall.PromptCall;
import io.streambed.processors.model.Tier;
import io.streambed.schemas.GuardrailConfiguration;
import io.streambed.schemas.InferenceParameters;
import io.streambed.schemas.OutputFormat;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.Tool;
import io.streambed.schemas.ToolChoiceMode;
import io.streambed.schemas.ToolConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InferenceConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.OutputConfig;
import software.amazon.awssdk.services.bedrockruntime.model.OutputFormatType;
import software.amazon.awssdk.services.bedrockruntime.model.ToolChoice;
import software.amazon.awssdk.services.bedrockruntime.model.ToolInputSchema;

/** A prompt as Converse takes it. */
final class ConverseRequests {

  private ConverseRequests() {}

  /**
   * Maps the whole prompt.
   *
   * @throws IllegalArgumentException if the prompt breaks one of the {@link
   *     io.streambed.processors.model.RequestRules}; the message holds nothing of it
   */
  static ConverseRequest of(PromptCall call) {
    PromptRequest prompt = call.prompt();
    ConverseRequest.Builder request =
        ConverseRequest.builder()
            .modelId(call.lane().modelId())
            .messages(prompt.getMessages().stream().map(OutgoingContent::message).toList())
            .inferenceConfig(inference(prompt.getInference(), call.maxTokens()))
            .requestMetadata(CallMetadata.of(call));
    if (call.lane().tier() != Tier.DEFAULT) {
      request.serviceTier(tier -> tier.type(call.lane().tier().word()));
    }
    if (!prompt.getSystem().isEmpty()) {
      request.system(prompt.getSystem().stream().map(OutgoingContent::system).toList());
    }
    prompt.getTools().ifPresent(tools -> request.toolConfig(tools(tools)));
    prompt.getGuardrail().ifPresent(guardrail -> request.guardrailConfig(guardrail(guardrail)));
    prompt
        .getAdditionalModelFields()
        .ifPresent(json -> request.additionalModelRequestFields(JsonDocuments.parse(json)));
    if (!prompt.getAdditionalResponsePaths().isEmpty()) {
      request.additionalModelResponseFieldPaths(prompt.getAdditionalResponsePaths());
    }
    output(prompt).ifPresent(request::outputConfig);
    return request.build();
  }

  private static InferenceConfiguration inference(
      Optional<InferenceParameters> parameters, int maxTokens) {
    InferenceConfiguration.Builder out = InferenceConfiguration.builder().maxTokens(maxTokens);
    parameters.ifPresent(it -> {
      it.getTemperature().ifPresent(value -> out.temperature(value.floatValue()));
      it.getTopP().ifPresent(value -> out.topP(value.floatValue()));
      if (!it.getStopSequences().isEmpty()) {
        out.stopSequences(it.getStopSequences());
      }
    });
    return out.build();
  }

  private static software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration tools(
      ToolConfiguration configuration) {
    List<software.amazon.awssdk.services.bedrockruntime.model.Tool> tools = new ArrayList<>();
    configuration.getTools().forEach(tool -> tools.add(tool(tool)));
    configuration
        .getCachePoint()
        .map(OutgoingContent::cachePoint)
        .map(software.amazon.awssdk.services.bedrockruntime.model.Tool::fromCachePoint)
        .ifPresent(tools::add);
    return software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration.builder()
        .tools(tools)
        .toolChoice(configuration.getChoice().map(mode -> choice(mode, configuration)).orElse(null))
        .build();
  }

  private static software.amazon.awssdk.services.bedrockruntime.model.Tool tool(Tool tool) {
    return software.amazon.awssdk.services.bedrockruntime.model.Tool.fromToolSpec(spec ->
        spec.name(tool.getName())
            .description(tool.getDescription().orElse(null))
            .inputSchema(ToolInputSchema.fromJson(JsonDocuments.parse(tool.getInputSchema())))
            .strict(tool.getStrict().orElse(null)));
  }

  private static ToolChoice choice(ToolChoiceMode mode, ToolConfiguration configuration) {
    return switch (mode) {
      case AUTO -> ToolChoice.fromAuto(auto -> {});
      case ANY -> ToolChoice.fromAny(any -> {});
      case NAMED ->
          ToolChoice.fromTool(tool ->
              tool.name(
                  configuration
                      .getChoiceName()
                      .orElseThrow(
                          () -> new IllegalArgumentException("a named tool without its name"))));
      case UNKNOWN -> throw new IllegalArgumentException("a tool choice of no known mode");
    };
  }

  private static software.amazon.awssdk.services.bedrockruntime.model.GuardrailConfiguration
      guardrail(GuardrailConfiguration guardrail) {
    return software.amazon.awssdk.services.bedrockruntime.model.GuardrailConfiguration.builder()
        .guardrailIdentifier(guardrail.getIdentifier())
        .guardrailVersion(guardrail.getVersion())
        .build();
  }

  private static Optional<OutputConfig> output(PromptRequest prompt) {
    Optional<String> effort = prompt.getInference().flatMap(InferenceParameters::getEffort);
    Optional<OutputFormat> format = prompt.getOutputFormat();
    if (effort.isEmpty() && format.isEmpty()) {
      return Optional.empty();
    }
    OutputConfig.Builder out = OutputConfig.builder();
    effort.ifPresent(out::effort);
    format.ifPresent(it ->
        out.textFormat(text ->
            text.type(OutputFormatType.JSON_SCHEMA)
                .structure(structure ->
                    structure.jsonSchema(schema ->
                        schema
                            .schema(it.getJsonSchema())
                            .name(it.getName().orElse(null))
                            .description(it.getDescription().orElse(null))))));
    return Optional.of(out.build());
  }
}

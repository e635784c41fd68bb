/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import io.streambed.schemas.GuardrailConfiguration;
import io.streambed.schemas.InferenceParameters;
import io.streambed.schemas.OutputFormat;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.Tool;
import io.streambed.schemas.ToolChoiceMode;
import io.streambed.schemas.ToolConfiguration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Rules for everything beside the messages: the shapes of the Converse request. */
final class ParameterRules {

  static final Pattern TOOL_NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
  static final String TOOL_NAME_FORM =
      "may hold letters, digits, underscores and hyphens, 64 characters at most";

  private static final int MOST_STOP_SEQUENCES = 2_500;
  private static final int MOST_RESPONSE_PATHS = 10;
  private static final Set<String> EFFORTS = Set.of("low", "medium", "high", "xhigh", "max");
  private static final Pattern GUARDRAIL_VERSION = Pattern.compile("DRAFT|[1-9][0-9]{0,7}");
  private static final Pattern JSON_POINTER = Pattern.compile("(/[^/]+)+");

  private ParameterRules() {}

  static void check(PromptRequest prompt, Findings findings) {
    prompt.getInference().ifPresent(it -> inference(it, findings));
    prompt.getTools().ifPresent(it -> tools(it, findings));
    prompt.getOutputFormat().ifPresent(it -> output(it, findings));
    prompt.getGuardrail().ifPresent(it -> guardrail(it, findings));
    findings.require(
        prompt.getAdditionalModelFields().filter(it -> !JsonSyntax.isObject(it)).isEmpty(),
        "additionalModelFields",
        "is not a JSON object");
    List<String> paths = prompt.getAdditionalResponsePaths();
    findings.require(
        paths.size() <= MOST_RESPONSE_PATHS,
        "additionalResponsePaths",
        "holds more than " + MOST_RESPONSE_PATHS + " paths; leave some out");
    for (int i = 0; i < paths.size(); i++) {
      findings.require(
          JSON_POINTER.matcher(paths.get(i)).matches(),
          "additionalResponsePaths[" + i + "]",
          "is not a JSON pointer such as /stop_sequence");
    }
  }

  private static void inference(InferenceParameters inference, Findings findings) {
    findings.require(
        inference.getMaxTokens().filter(it -> it < 1).isEmpty(),
        "inference.maxTokens",
        "must be 1 at least");
    fraction(inference.getTemperature(), "inference.temperature", findings);
    fraction(inference.getTopP(), "inference.topP", findings);
    findings.require(
        inference.getStopSequences().size() <= MOST_STOP_SEQUENCES,
        "inference.stopSequences",
        "holds more than " + MOST_STOP_SEQUENCES + " texts; leave some out");
    findings.require(
        inference.getStopSequences().stream().noneMatch(String::isEmpty),
        "inference.stopSequences",
        "holds an empty text; leave it out");
    findings.require(
        inference.getEffort().filter(it -> !EFFORTS.contains(it)).isEmpty(),
        "inference.effort",
        "must be low, medium, high, xhigh or max");
  }

  private static void fraction(Optional<Double> value, String field, Findings findings) {
    // Written so that NaN breaks it.
    findings.require(
        value.filter(it -> !(it >= 0 && it <= 1)).isEmpty(), field, "must be from 0 to 1");
  }

  private static void tools(ToolConfiguration configuration, Findings findings) {
    List<Tool> tools = configuration.getTools();
    findings.require(!tools.isEmpty(), "tools.tools", "is empty; give a tool or leave tools out");
    Set<String> names = new HashSet<>();
    for (int i = 0; i < tools.size(); i++) {
      String path = "tools.tools[" + i + "]";
      findings.require(
          TOOL_NAME.matcher(tools.get(i).getName()).matches(), path + ".name", TOOL_NAME_FORM);
      findings.require(
          names.add(tools.get(i).getName()), path + ".name", "is the name of an earlier tool");
      findings.require(
          JsonSyntax.isObject(tools.get(i).getInputSchema()),
          path + ".inputSchema",
          "is not a JSON object; give a JSON schema");
    }
    choice(configuration, names, findings);
  }

  private static void choice(
      ToolConfiguration configuration, Set<String> names, Findings findings) {
    Optional<ToolChoiceMode> mode = configuration.getChoice();
    boolean named = mode.filter(it -> it == ToolChoiceMode.NAMED).isPresent();
    findings.require(
        mode.filter(it -> it == ToolChoiceMode.UNKNOWN).isEmpty(),
        "tools.choice",
        "must be AUTO, ANY or NAMED, or left out");
    findings.require(
        named == configuration.getChoiceName().isPresent(),
        "tools.choiceName",
        "goes with choice NAMED, and only with it");
    findings.require(
        configuration.getChoiceName().filter(it -> !names.contains(it)).isEmpty(),
        "tools.choiceName",
        "names no tool of this request");
  }

  private static void output(OutputFormat format, Findings findings) {
    findings.require(
        JsonSyntax.isObject(format.getJsonSchema()),
        "outputFormat.jsonSchema",
        "is not a JSON object; give a JSON schema");
  }

  private static void guardrail(GuardrailConfiguration guardrail, Findings findings) {
    findings.require(
        !guardrail.getIdentifier().isBlank(), "guardrail.identifier", "is blank; give id or ARN");
    findings.require(
        GUARDRAIL_VERSION.matcher(guardrail.getVersion()).matches(),
        "guardrail.version",
        "must be a number or DRAFT");
  }
}

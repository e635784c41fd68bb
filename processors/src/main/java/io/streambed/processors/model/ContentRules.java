/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.Message;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.ReasoningBlock;
import io.streambed.schemas.Role;
import io.streambed.schemas.SystemBlock;
import io.streambed.schemas.ToolResultBlock;
import io.streambed.schemas.ToolResultContent;
import io.streambed.schemas.ToolResultStatus;
import io.streambed.schemas.ToolUseBlock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules for messages and the system prompt: {@code ContentBlock} of Converse. */
final class ContentRules {

  private ContentRules() {}

  static void check(PromptRequest prompt, Findings findings) {
    findings.require(!prompt.getMessages().isEmpty(), "messages", "is empty; give one at least");
    for (int i = 0; i < prompt.getMessages().size(); i++) {
      message(prompt.getMessages().get(i), "messages[" + i + "]", findings);
    }
    for (int i = 0; i < prompt.getSystem().size(); i++) {
      system(prompt.getSystem().get(i), "system[" + i + "]", findings);
    }
    counts(prompt, findings);
  }

  private static void message(Message message, String path, Findings findings) {
    findings.require(
        message.getRole() != Role.UNKNOWN, path + ".role", "must be USER or ASSISTANT");
    findings.require(!message.getContent().isEmpty(), path + ".content", "is empty; give a block");
    boolean text = message.getContent().stream().anyMatch(it -> it.getText().isPresent());
    for (int i = 0; i < message.getContent().size(); i++) {
      ContentBlock block = message.getContent().get(i);
      String place = path + ".content[" + i + "]";
      findings.require(
          block.getDocument().isEmpty() || text,
          place + ".document",
          "needs a text block in the same message; say there what to do with it");
      block(block, message.getRole(), place, findings);
    }
  }

  private static void block(ContentBlock block, Role role, String path, Findings findings) {
    oneKind(
        Stream.of(
            block.getText(),
            block.getImage(),
            block.getDocument(),
            block.getToolUse(),
            block.getToolResult(),
            block.getReasoning(),
            block.getCachePoint()),
        path,
        findings);
    block
        .getText()
        .ifPresent(
            it -> findings.require(!it.isBlank(), path + ".text", "is blank; leave the block out"));
    block.getImage().ifPresent(it -> MediaRules.image(it, path + ".image", findings));
    block.getDocument().ifPresent(it -> MediaRules.document(it, path + ".document", findings));
    block.getToolUse().ifPresent(it -> toolUse(it, role, path + ".toolUse", findings));
    block.getToolResult().ifPresent(it -> toolResult(it, role, path + ".toolResult", findings));
    block.getReasoning().ifPresent(it -> reasoning(it, role, path + ".reasoning", findings));
  }

  private static void system(SystemBlock block, String path, Findings findings) {
    oneKind(Stream.of(block.getText(), block.getCachePoint()), path, findings);
    block
        .getText()
        .ifPresent(
            it -> findings.require(!it.isBlank(), path + ".text", "is blank; leave the block out"));
  }

  private static void toolUse(ToolUseBlock use, Role role, String path, Findings findings) {
    findings.require(role != Role.USER, path, "belongs in a message of the assistant");
    findings.require(!use.getToolUseId().isBlank(), path + ".toolUseId", "is missing");
    findings.require(
        ParameterRules.TOOL_NAME.matcher(use.getName()).matches(),
        path + ".name",
        ParameterRules.TOOL_NAME_FORM);
    findings.require(
        JsonSyntax.isValue(use.getInput()), path + ".input", "is not JSON; give a JSON value");
  }

  private static void toolResult(
      ToolResultBlock result, Role role, String path, Findings findings) {
    findings.require(role != Role.ASSISTANT, path, "belongs in a message of the user");
    findings.require(
        !result.getToolUseId().isBlank(), path + ".toolUseId", "must name the tool use it answers");
    findings.require(
        result.getStatus().filter(it -> it == ToolResultStatus.UNKNOWN).isEmpty(),
        path + ".status",
        "must be SUCCESS or ERROR, or left out");
    List<ToolResultContent> content = result.getContent();
    for (int i = 0; i < content.size(); i++) {
      toolContent(content.get(i), path + ".content[" + i + "]", findings);
    }
  }

  private static void toolContent(ToolResultContent content, String path, Findings findings) {
    oneKind(
        Stream.of(content.getText(), content.getJson(), content.getImage(), content.getDocument()),
        path,
        findings);
    content
        .getJson()
        .ifPresent(it ->
            findings.require(
                JsonSyntax.isValue(it), path + ".json", "is not JSON; give a JSON value"));
    content.getImage().ifPresent(it -> MediaRules.image(it, path + ".image", findings));
    content.getDocument().ifPresent(it -> MediaRules.document(it, path + ".document", findings));
  }

  private static void reasoning(ReasoningBlock block, Role role, String path, Findings findings) {
    findings.require(role != Role.USER, path, "belongs in a message of the assistant");
    findings.require(
        block.getText().isPresent() != block.getRedacted().isPresent(),
        path,
        "needs text or redacted, and not both; send it back as it came");
  }

  private static void counts(PromptRequest prompt, Findings findings) {
    List<ContentBlock> blocks =
        prompt.getMessages().stream().flatMap(it -> it.getContent().stream()).toList();
    findings.require(
        blocks.stream().filter(it -> it.getImage().isPresent()).count() <= MediaRules.MOST_IMAGES,
        "messages",
        "holds more than " + MediaRules.MOST_IMAGES + " images; leave some out");
    findings.require(
        blocks.stream().filter(it -> it.getDocument().isPresent()).count()
            <= MediaRules.MOST_DOCUMENTS,
        "messages",
        "holds more than " + MediaRules.MOST_DOCUMENTS + " documents; leave some out");
  }

  private static void oneKind(Stream<Optional<?>> kinds, String path, Findings findings) {
    long set = kinds.filter(Optional::isPresent).count();
    findings.require(
        set != 0, path, "has no kind that this version knows; set exactly one of its fields");
    findings.require(set <= 1, path, "is of several kinds; set exactly one of its fields");
  }
}

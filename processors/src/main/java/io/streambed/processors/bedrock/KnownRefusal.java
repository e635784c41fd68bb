/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import io.streambed.processors.model.CallFailure;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A refusal (ValidationException) that we recognise by its text. The text itself can quote the
 * request and goes nowhere; what a user reads is our own sentence, with at most a number from it.
 *
 * @param scope calls that it is looked for in
 * @param pattern found in the provider's text, whatever the case
 * @param reason what follows
 * @param field the request's field at fault; empty where it is the configuration
 * @param sentence what to do; {@code %s} stands for the pattern's first group, a number
 */
record KnownRefusal(
    Scope scope, Pattern pattern, CallFailure reason, Optional<String> field, String sentence) {

  /** Which calls can be refused so. */
  enum Scope {
    ANY,
    PROMPT,
    EMBEDDING
  }

  private static final String MESSAGES = "messages";
  private static final String MAX_TOKENS = "inference.maxTokens";

  // The first that matches counts, so the narrower stands above the wider. What stops a lane is
  // matched from the start of the text: nothing that a caller wrote can stand there.
  private static final List<KnownRefusal> ALL =
      List.of(
          lane(
              "^the provided model identifier is invalid", "there is no such model in this region"),
          lane(
              "^invocation of model id .{1,2048} with on-demand throughput isn.t supported",
              "the model is called through an inference profile only: put the profile's id or ARN,"
                  + " such as us.<model id>, in the lane"),
          lane(
              "^this model version has reached the end of its life",
              "the model is no longer offered"),
          caller(
              "maximum tokens you requested exceeds? the model limit of (\\d{1,9})",
              MAX_TOKENS,
              "ask for at most %s tokens"),
          caller(
              "max_?tokens.{0,60}> ?(\\d{1,9}), which is the maximum",
              MAX_TOKENS,
              "ask for at most %s tokens"),
          caller("max_?tokens", MAX_TOKENS, "the model does not take this value"),
          text("maxlength: (\\d{1,9})", "send at most %s characters, or set truncation"),
          text("minlength", "send a text that is not empty"),
          text(
              "max input tokens: (\\d{1,9})",
              "the text is too long: the model takes at most %s tokens"),
          text("texts? (is|are) too long", "the text is too long: shorten it"),
          caller(
              "input is too long|prompt is too long|too many input tokens|maximum context length"
                  + "|exceeds? .{0,40}context|input length and",
              MESSAGES,
              "the prompt is too long for the model: shorten it"),
          caller(
              "doesn.t support tool use|tool use is not supported|does not support tools",
              "tools",
              "the model takes no tools"),
          caller(
              "(support|allow).{0,20} image content", MESSAGES, "the model takes no image blocks"),
          caller(
              "(support|allow).{0,20} document content",
              MESSAGES,
              "the model takes no document blocks"),
          caller(
              "could not process image|image.{0,30}(exceed|invalid)",
              MESSAGES,
              "the model cannot read an image: check its format and size"),
          caller("doesn.t support system", "system", "the model takes no system prompt"),
          caller(
              "temperature.{0,30}top_?p",
              "inference.temperature",
              "the model takes temperature or topP, not both"),
          caller(
              "temperature",
              "inference.temperature",
              "the model does not take this temperature: leave it out"),
          caller("top_?p\\b", "inference.topP", "the model does not take this value: leave it out"),
          caller(
              "stop_?sequences",
              "inference.stopSequences",
              "the model does not take these stop sequences"),
          caller("\\beffort\\b", "inference.effort", "the model does not take this effort"),
          caller(
              "cache_?(point|control)|prompt caching",
              MESSAGES,
              "the model does not take a cache point here: leave it out"),
          caller(
              "output_?(config|format)|json_?schema|structured output",
              "outputFormat",
              "the model does not take this output format"),
          caller("guardrail", "guardrail", "there is no such guardrail or version in this region"),
          caller(
              "roles must alternate|alternate between",
              MESSAGES,
              "roles must alternate between user and assistant"),
          caller("start with a user message", "messages[0].role", "must be the user's"),
          caller(
              "tool_?(use|result)",
              MESSAGES,
              "every tool use needs its result in the next message, and nothing else one"),
          caller("toolconfig|tool_?config", "tools", "the model does not take these tools"));

  /** The refusal that a text is, if it is known. */
  static Optional<Match> in(String providerText, Scope call) {
    for (KnownRefusal refusal : ALL) {
      Matcher matcher = refusal.pattern.matcher(providerText);
      if ((refusal.scope == Scope.ANY || refusal.scope == call) && matcher.find()) {
        String detail =
            matcher.groupCount() > 0 && refusal.sentence.contains("%s")
                ? refusal.sentence.replace("%s", matcher.group(1))
                : refusal.sentence;
        return Optional.of(new Match(refusal.reason, refusal.field, detail));
      }
    }
    return Optional.empty();
  }

  /** A known refusal in our own words. */
  record Match(CallFailure reason, Optional<String> field, String sentence) {}

  private static KnownRefusal lane(String pattern, String sentence) {
    return new KnownRefusal(
        Scope.ANY, compiled(pattern), CallFailure.UNKNOWN_MODEL_ID, Optional.empty(), sentence);
  }

  private static KnownRefusal caller(String pattern, String field, String sentence) {
    return new KnownRefusal(
        Scope.PROMPT, compiled(pattern), CallFailure.REJECTED, Optional.of(field), sentence);
  }

  private static KnownRefusal text(String pattern, String sentence) {
    return new KnownRefusal(
        Scope.EMBEDDING, compiled(pattern), CallFailure.REJECTED, Optional.of("text"), sentence);
  }

  private static Pattern compiled(String pattern) {
    return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.DocumentBlock;
import io.streambed.schemas.ImageBlock;
import io.streambed.schemas.InferenceParameters;
import io.streambed.schemas.Message;
import io.streambed.schemas.SystemBlock;
import io.streambed.schemas.ToolChoiceMode;
import io.streambed.schemas.ToolConfiguration;
import io.streambed.schemas.ToolResultContent;
import io.streambed.schemas.state.Failure;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.generic.IndexedRecord;

/** What the schemas of requests say in words about single values, wherever those stand. */
final class FieldRules {

  private FieldRules() {}

  /** What is wrong with a value itself, whatever it holds. */
  static Optional<Failure> check(Object value, String path) {
    return switch (value) {
      case Enum<?> symbol when symbol.name().equals("UNKNOWN") ->
          // What the decoder puts where a newer producer wrote a symbol that we do not have: to
          // guess what was meant could cost money.
          invalid(path, "has no symbol that this version knows; use one of " + known(symbol));
      case ContentBlock block -> oneField(block, path);
      case SystemBlock block -> oneField(block, path);
      case ToolResultContent piece -> oneField(piece, path);
      case ImageBlock image ->
          bytesOrPlace(image.getBytes().isPresent(), image.getS3().isPresent(), path);
      case DocumentBlock document ->
          bytesOrPlace(document.getBytes().isPresent(), document.getS3().isPresent(), path);
      case Message message when message.getContent().isEmpty() ->
          invalid(path + ".content", "is empty; give at least one block or leave the message out");
      case InferenceParameters inference -> inference(inference, path);
      case ToolConfiguration tools -> tools(tools, path);
      default -> Optional.empty();
    };
  }

  private static Optional<Failure> oneField(IndexedRecord block, String path) {
    long set =
        block.getSchema().getFields().stream().filter(f -> block.get(f.pos()) != null).count();
    if (set == 1) {
      return Optional.empty();
    }
    return invalid(
        path,
        set == 0
            ? "is of no kind that this version knows; set exactly one of its fields"
            : "is of several kinds; set exactly one of its fields");
  }

  private static Optional<Failure> bytesOrPlace(boolean bytes, boolean place, String path) {
    return bytes != place
        ? Optional.empty()
        : invalid(path, "must have either bytes or s3; set exactly one of them");
  }

  private static Optional<Failure> inference(InferenceParameters inference, String path) {
    if (inference.getMaxTokens().filter(n -> n < 1).isPresent()) {
      return invalid(path + ".maxTokens", "is less than 1; leave it out for the alias' default");
    }
    if (inference.getTemperature().filter(FieldRules::isNoShare).isPresent()) {
      return invalid(path + ".temperature", "is not between 0 and 1; give a number that is");
    }
    if (inference.getTopP().filter(FieldRules::isNoShare).isPresent()) {
      return invalid(path + ".topP", "is not between 0 and 1; give a number that is");
    }
    return Optional.empty();
  }

  private static boolean isNoShare(double number) {
    return !(number >= 0 && number <= 1);
  }

  private static Optional<Failure> tools(ToolConfiguration tools, String path) {
    if (tools.getTools().isEmpty()) {
      return invalid(path + ".tools", "is empty; give at least one tool or leave out " + path);
    }
    boolean named = tools.getChoice().filter(c -> c == ToolChoiceMode.NAMED).isPresent();
    Optional<String> name = tools.getChoiceName();
    if (named != name.isPresent()) {
      return invalid(
          path + ".choiceName",
          named
              ? "is missing; with choice NAMED it names the tool"
              : "goes with choice NAMED only");
    }
    if (name.filter(n -> tools.getTools().stream().noneMatch(t -> t.getName().equals(n)))
        .isPresent()) {
      return invalid(
          path + ".choiceName", "names no tool of the request; give one of " + path + ".tools");
    }
    return Optional.empty();
  }

  private static String known(Enum<?> symbol) {
    return Stream.of(symbol.getDeclaringClass().getEnumConstants())
        .map(Enum::name)
        .filter(name -> !name.equals("UNKNOWN"))
        .collect(Collectors.joining(", "));
  }

  private static Optional<Failure> invalid(String field, String message) {
    return Optional.of(Refusals.invalid(field, message));
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.show;

import io.streambed.processors.redrive.Original;
import io.streambed.processors.redrive.RequestPlace;
import io.streambed.processors.redrive.Whereabouts;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.InferenceParameters;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.Redrive;
import io.streambed.schemas.RedriveOutcome;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecordBase;

/** A dead letter for people, a line a fact; nothing of what was asked. */
public final class LetterLines {
  private LetterLines() {}

  /** What is said of a dead letter. */
  public static Table of(DeadLetter letter) {
    Table table =
        new Table()
            .row("id", letter.getId())
            .row("what", letter.getCode() + (letter.getRepeat() ? ", told again" : ""))
            .row("who must act", letter.getKind().name())
            .row("message", Snippet.of(letter.getMessage(), 400));
    letter.getField().ifPresent(field -> table.row("field", field));
    letter.getTenant().ifPresent(tenant -> table.row("tenant", Snippet.of(tenant, 128)));
    letter.getModel().ifPresent(model -> table.row("model", Snippet.of(model, 128)));
    table
        .row("published", letter.getRequestedAt() + " at " + RequestPlace.of(letter).key())
        .row("settled", letter.getSettledAt().toString())
        .row(
            "attempts",
            letter.getAttempts()
                + (letter.getPossiblyBilledAttempts() == 0
                    ? ""
                    : ", of them possibly billed " + letter.getPossiblyBilledAttempts()))
        .row("spent", Money.dollars(letter.getSpentPicoDollars()));
    if (!letter.getFailedLanes().isEmpty()) {
      table.row("failed lanes", String.join(", ", letter.getFailedLanes()));
    }
    letter.getFingerprint().ifPresent(fingerprint -> table.row("fingerprint", fingerprint));
    table.row("record", record(letter));
    return table;
  }

  private static String record(DeadLetter letter) {
    return switch (Whereabouts.of(letter)) {
      case Whereabouts.Here(Original original) ->
          "%,d bytes%s"
              .formatted(
                  original.value().length,
                  original.headers().isEmpty()
                      ? ""
                      : ", headers "
                          + original.headers().stream()
                              .map(header -> Snippet.of(header.getKey(), 60))
                              .collect(Collectors.joining(", ")));
      case Whereabouts.AtItsPlace place ->
          "%,d bytes, too many for this topic: only at its place, SHA-256 %s"
              .formatted(place.length(), place.sha256());
      case Whereabouts.Nowhere nowhere -> "without a value";
    };
  }

  /** What a request says of itself, without its content. */
  public static String summary(SpecificRecordBase request) {
    return switch (request) {
      case PromptRequest prompt ->
          "prompt for %s, %s, %d messages, %s%s"
              .formatted(
                  Snippet.of(prompt.getModel(), 128),
                  prompt.getPriority(),
                  prompt.getMessages().size(),
                  prompt
                      .getInference()
                      .flatMap(InferenceParameters::getMaxTokens)
                      .map(tokens -> "at most " + tokens + " tokens")
                      .orElse("the model's usual length"),
                  prompt.getDeadline().map(at -> ", wanted until " + at).orElse(""));
      case EmbeddingRequest text ->
          "text for %s, %s, %d characters%s"
              .formatted(
                  Snippet.of(text.getModel(), 128),
                  text.getPriority(),
                  text.getText().length(),
                  text.getDeadline().map(at -> ", wanted until " + at).orElse(""));
      default -> request.getSchema().getName();
    };
  }

  /** What was done with it, a line each. */
  public static List<String> redrives(List<Redrive> redrives) {
    return redrives.stream().map(LetterLines::redrive).toList();
  }

  private static String redrive(Redrive redrive) {
    String who = redrive.getWrittenAt() + " by " + Snippet.of(redrive.getRun(), 60);
    if (redrive.getOutcome() == RedriveOutcome.PARKED) {
      return "parked " + who + ", after " + redrive.getRedrives() + " redrives";
    }
    String patches =
        redrive.getPatches().isEmpty() ? "" : ", " + String.join(", ", redrive.getPatches());
    return "redriven %s, time %d, to %s-%d-%d%s"
        .formatted(
            who,
            redrive.getRedrives(),
            redrive.getTopic().orElse(""),
            redrive.getPartition(),
            redrive.getOffset(),
            patches);
  }
}

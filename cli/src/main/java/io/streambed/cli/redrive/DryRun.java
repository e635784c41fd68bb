/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.redrive;

import io.streambed.processors.AdmissionPreview;
import io.streambed.processors.job.SourceRecord;
import io.streambed.processors.redrive.Resend;
import io.streambed.processors.redrive.Verdict;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.topics.Topics;
import java.time.Instant;
import java.time.InstantSource;

/** Chooses as a run does, and looks what the platform would say instead of publishing. */
public final class DryRun {
  private final Choosing choosing;
  private final AdmissionPreview preview;
  private final Topics topics;
  private final Forecast forecast;
  private final Tally tally;
  private final InstantSource clock;

  /**
   * @param topics which hold requests
   * @param forecast is told of each request that would be published
   */
  public DryRun(
      Choosing choosing,
      AdmissionPreview preview,
      Topics topics,
      Forecast forecast,
      Tally tally,
      InstantSource clock) {
    this.choosing = choosing;
    this.preview = preview;
    this.topics = topics;
    this.forecast = forecast;
    this.tally = tally;
    this.clock = clock;
  }

  /**
   * Takes the next dead letter.
   *
   * @param ruled whether the platform's own rule will redrive it
   */
  public void take(DeadLetter letter, boolean ruled) {
    choosing
        .choose(letter, ruled)
        .ifPresent(verdict -> {
          switch (verdict) {
            case Verdict.Parked parked -> tally.addParked();
            case Verdict.Again(Resend resend) -> {
              tally.addRedriven(resend.topic());
              foresee(resend);
            }
          }
        });
  }

  private void foresee(Resend resend) {
    String topic = resend.topic();
    boolean read =
        topic.equals(topics.promptRequests()) || topic.equals(topics.embeddingRequests());
    if (!read) {
      forecast.add(topic);
      return;
    }
    Instant now = clock.instant();
    DeadLetter letter = resend.letter();
    forecast.add(
        topic,
        preview.look(
            new SourceRecord(
                topic,
                letter.getSourcePartition(),
                letter.getSourceOffset(),
                now,
                resend.original().key(),
                resend.original().value(),
                resend.headers()),
            now));
  }
}

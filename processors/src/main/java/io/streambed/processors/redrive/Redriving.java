/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.redrive;

import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.redrive.RedriveMark;
import java.util.List;
import java.util.Optional;

/**
 * Decides what becomes of a dead letter's request. Pure.
 *
 * @param run name of the run, which the request's new record carries
 * @param most how often a request may be redriven; then it is parked
 */
public record Redriving(String run, int most) {

  /** How often a request may be redriven unless said otherwise. */
  public static final int USUAL_MOST = 3;

  public Redriving {
    if (run.isBlank()) {
      throw new IllegalArgumentException("run: must have a name");
    }
    if (most < 1) {
      throw new IllegalArgumentException("most redrives: must be 1 or more, is " + most);
    }
  }

  /**
   * Decides.
   *
   * @param topic where it goes if it goes
   */
  public Verdict decide(DeadLetter letter, Original original, String topic) {
    Optional<RedriveMark> before = RedriveMark.in(original.headers());
    int redrives = before.map(RedriveMark::redrives).orElse(0);
    String id = before.map(RedriveMark::originalId).orElse(letter.getId());
    if (redrives >= most) {
      return new Verdict.Parked(letter, id, redrives);
    }
    RedriveMark mark = new RedriveMark(redrives + 1, id, run, RequestPlace.of(letter).key());
    return new Verdict.Again(new Resend(letter, original, mark, topic, List.of()));
  }
}

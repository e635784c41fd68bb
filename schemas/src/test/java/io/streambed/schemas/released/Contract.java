/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.released;

import io.streambed.schemas.BudgetEvent;
import io.streambed.schemas.Control;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.EmbeddingResult;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.PromptResult;
import io.streambed.schemas.Redrive;
import io.streambed.schemas.ReplayRun;
import io.streambed.schemas.UsageEvent;
import io.streambed.schemas.state.Answer;
import io.streambed.schemas.state.BudgetAccount;
import io.streambed.schemas.state.BudgetEntry;
import io.streambed.schemas.state.BudgetGrant;
import io.streambed.schemas.state.BudgetWish;
import io.streambed.schemas.state.FlightState;
import io.streambed.schemas.state.Job;
import io.streambed.schemas.state.MovedCalls;
import io.streambed.schemas.state.Settled;
import io.streambed.schemas.state.Unread;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/** The records that go into topics and stores by themselves, and how each may change. */
record Contract(Class<? extends SpecificRecordBase> type, Rule rule) {

  /** How a record may change. */
  enum Rule {
    /** Old producers go on: a new schema reads all that older ones wrote. */
    BACKWARD_TRANSITIVE,
    /** Old consumers go on as well: older schemas read what a new one writes. */
    FULL_TRANSITIVE
  }

  static final List<Contract> RECORDS =
      List.of(
          new Contract(PromptRequest.class, Rule.BACKWARD_TRANSITIVE),
          new Contract(EmbeddingRequest.class, Rule.BACKWARD_TRANSITIVE),
          new Contract(PromptResult.class, Rule.FULL_TRANSITIVE),
          new Contract(EmbeddingResult.class, Rule.FULL_TRANSITIVE),
          new Contract(DeadLetter.class, Rule.FULL_TRANSITIVE),
          new Contract(UsageEvent.class, Rule.FULL_TRANSITIVE),
          new Contract(Control.class, Rule.FULL_TRANSITIVE),
          new Contract(BudgetEvent.class, Rule.FULL_TRANSITIVE),
          new Contract(Redrive.class, Rule.FULL_TRANSITIVE),
          new Contract(ReplayRun.class, Rule.FULL_TRANSITIVE),
          new Contract(Job.class, Rule.BACKWARD_TRANSITIVE),
          new Contract(FlightState.class, Rule.BACKWARD_TRANSITIVE),
          new Contract(Answer.class, Rule.BACKWARD_TRANSITIVE),
          new Contract(Settled.class, Rule.BACKWARD_TRANSITIVE),
          new Contract(Unread.class, Rule.BACKWARD_TRANSITIVE),
          new Contract(BudgetEntry.class, Rule.BACKWARD_TRANSITIVE),
          new Contract(BudgetWish.class, Rule.BACKWARD_TRANSITIVE),
          new Contract(BudgetGrant.class, Rule.BACKWARD_TRANSITIVE),
          new Contract(BudgetAccount.class, Rule.BACKWARD_TRANSITIVE),
          new Contract(MovedCalls.class, Rule.BACKWARD_TRANSITIVE));

  Schema current() {
    return SpecificData.get().getSchema(type);
  }

  /** Whether its fields from {@code model} on are what fingerprints are computed over. */
  boolean isRequest() {
    return type == PromptRequest.class || type == EmbeddingRequest.class;
  }

  @Override
  public String toString() {
    return type.getSimpleName();
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.settlement;

import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.EmbeddingResult;
import io.streambed.schemas.PromptResult;
import io.streambed.schemas.TokenUsage;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecordBase;

/** What became of one request. */
public sealed interface Settlement {

  /** The record that was read. */
  SpecificRecordBase value();

  /** The request's id, or its {@code topic-partition-offset}. */
  String id();

  /** On whose behalf; absent where the request could not be read. */
  Optional<String> tenant();

  /** Alias of the model that was asked for; absent where the request could not be read. */
  Optional<String> model();

  /** Where the answer came from, or the dead letter's code. */
  String outcome();

  /** Tokens of the call that made the answer; absent for a dead letter. */
  Optional<TokenUsage> usage();

  /** What the request cost, in pico-dollars. */
  long costPicoDollars();

  /** When the request was published. */
  Instant requestedAt();

  /** When it was settled. */
  Instant settledAt();

  /** Whether it is an earlier settlement, given again. */
  boolean repeat();

  /** An answer to a prompt. */
  record Answered(PromptResult value) implements Settlement {
    @Override
    public String id() {
      return value.getId();
    }

    @Override
    public Optional<String> tenant() {
      return Optional.of(value.getTenant());
    }

    @Override
    public Optional<String> model() {
      return Optional.of(value.getModel());
    }

    @Override
    public String outcome() {
      return value.getSource().name();
    }

    @Override
    public Optional<TokenUsage> usage() {
      return Optional.of(value.getUsage());
    }

    @Override
    public long costPicoDollars() {
      return value.getCostPicoDollars();
    }

    @Override
    public Instant requestedAt() {
      return value.getRequestedAt();
    }

    @Override
    public Instant settledAt() {
      return value.getSettledAt();
    }

    @Override
    public boolean repeat() {
      return value.getRepeat();
    }

    @Override
    public String toString() {
      return "Answered[id=" + id() + "]";
    }
  }

  /** The vector of a text. */
  record Embedded(EmbeddingResult value) implements Settlement {
    @Override
    public String id() {
      return value.getId();
    }

    @Override
    public Optional<String> tenant() {
      return Optional.of(value.getTenant());
    }

    @Override
    public Optional<String> model() {
      return Optional.of(value.getModel());
    }

    @Override
    public String outcome() {
      return value.getSource().name();
    }

    @Override
    public Optional<TokenUsage> usage() {
      return Optional.of(value.getUsage());
    }

    @Override
    public long costPicoDollars() {
      return value.getCostPicoDollars();
    }

    @Override
    public Instant requestedAt() {
      return value.getRequestedAt();
    }

    @Override
    public Instant settledAt() {
      return value.getSettledAt();
    }

    @Override
    public boolean repeat() {
      return value.getRepeat();
    }

    @Override
    public String toString() {
      return "Embedded[id=" + id() + "]";
    }
  }

  /** Why a request could not be answered. */
  record Dead(DeadLetter value) implements Settlement {
    @Override
    public String id() {
      return value.getId();
    }

    @Override
    public Optional<String> tenant() {
      return value.getTenant();
    }

    @Override
    public Optional<String> model() {
      return value.getModel();
    }

    @Override
    public String outcome() {
      return value.getCode().name();
    }

    @Override
    public Optional<TokenUsage> usage() {
      return Optional.empty();
    }

    @Override
    public long costPicoDollars() {
      return value.getSpentPicoDollars();
    }

    @Override
    public Instant requestedAt() {
      return value.getRequestedAt();
    }

    @Override
    public Instant settledAt() {
      return value.getSettledAt();
    }

    @Override
    public boolean repeat() {
      return value.getRepeat();
    }

    @Override
    public String toString() {
      return "Dead[id=" + id() + ", code=" + outcome() + "]";
    }
  }
}

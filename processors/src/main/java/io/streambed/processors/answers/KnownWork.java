/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.answers;

import java.time.Instant;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The stores of one partition: answers, settlements, and the index by which both expire. Owned by a
 * stream thread.
 */
public final class KnownWork {

  /** Name of the store: one for all, so that a transaction writes to one partition for all. */
  public static final String STORE = "known-work";

  private final AnswerStore answers;
  private final SettledStore settled;
  private final ExpiryIndex expiry;
  private final AnswersConfig config;

  private KnownWork(
      AnswerStore answers, SettledStore settled, ExpiryIndex expiry, AnswersConfig config) {
    this.answers = answers;
    this.settled = settled;
    this.expiry = expiry;
    this.config = config;
  }

  /**
   * @param store of the name {@link #STORE}
   */
  @SuppressWarnings("unchecked") // the topology builds all stores with these types
  public static KnownWork open(StateStore store, AnswersConfig config) {
    KeyValueStore<Bytes, byte[]> entries = (KeyValueStore<Bytes, byte[]>) store;
    ExpiryIndex expiry = new ExpiryIndex(entries);
    return new KnownWork(
        new AnswerStore(entries, expiry, config),
        new SettledStore(entries, expiry),
        expiry,
        config);
  }

  public AnswerStore answers() {
    return answers;
  }

  public SettledStore settled() {
    return settled;
  }

  /** Writes when what was put is to be forgotten; to be called before the next commit. */
  public void writeExpiry() {
    expiry.write();
  }

  /** Forgets one slice of what is past its time; returns how many entries that were. */
  public int sweep(Instant now) {
    return answers.sweep(now, config.expirySlice()) + settled.sweep(now, config.expirySlice());
  }
}

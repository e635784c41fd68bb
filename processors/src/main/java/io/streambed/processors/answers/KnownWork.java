/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.answers;

import java.time.Instant;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The stores of one partition: answers, settlements, and the index by which both expire. Owned by a
 * stream thread.
 */
public final class KnownWork {

  /** Name of the store of answers. */
  public static final String ANSWERS = "answers";

  /** Name of the store of settlements. */
  public static final String SETTLED = "settled";

  /** Name of the expiry index. */
  public static final String EXPIRY = "expiry";

  private final AnswerStore answers;
  private final SettledStore settled;
  private final AnswersConfig config;

  private KnownWork(AnswerStore answers, SettledStore settled, AnswersConfig config) {
    this.answers = answers;
    this.settled = settled;
    this.config = config;
  }

  /**
   * @param stores gives a store by its name
   */
  public static KnownWork open(Function<String, StateStore> stores, AnswersConfig config) {
    ExpiryIndex expiry = new ExpiryIndex(keyValue(stores.apply(EXPIRY)));
    return new KnownWork(
        new AnswerStore(keyValue(stores.apply(ANSWERS)), expiry, config),
        new SettledStore(keyValue(stores.apply(SETTLED)), expiry),
        config);
  }

  public AnswerStore answers() {
    return answers;
  }

  public SettledStore settled() {
    return settled;
  }

  /** Forgets one slice of what is past its time; returns how many entries that were. */
  public int sweep(Instant now) {
    return answers.sweep(now, config.expirySlice()) + settled.sweep(now, config.expirySlice());
  }

  @SuppressWarnings("unchecked") // the topology builds all stores with these types
  private static KeyValueStore<Bytes, byte[]> keyValue(StateStore store) {
    return (KeyValueStore<Bytes, byte[]>) store;
  }
}

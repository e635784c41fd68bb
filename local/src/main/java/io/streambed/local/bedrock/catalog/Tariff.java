/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.catalog;

import io.streambed.local.bedrock.wire.Usage;
import java.time.LocalDate;

/**
 * What a model costs from a day on.
 *
 * @param from first day (UTC) on which it is in force
 * @param usual price of a call
 * @param longAbove a call with more tokens of input than this, those of the prompt cache included,
 *     has the other price as a whole
 * @param longContext that other price
 */
public record Tariff(LocalDate from, Price usual, long longAbove, Price longContext) {

  /** One price for calls of any length. */
  public Tariff(LocalDate from, Price usual) {
    this(from, usual, Long.MAX_VALUE, usual);
  }

  Price of(Usage usage) {
    long input = usage.input() + usage.cacheRead() + usage.cacheWrite();
    return input > longAbove ? longContext : usual;
  }
}

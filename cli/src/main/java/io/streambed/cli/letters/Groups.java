/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.letters;

import io.streambed.processors.redrive.Ledger;
import io.streambed.schemas.DeadLetter;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Adds dead letters up by what they have in common. For one thread. */
public final class Groups {
  private static final Comparator<List<String>> BY_WORDS =
      Comparator.comparing(words -> String.join("\u0000", words));

  private final List<By> by;
  private final Map<List<String>, Sum> sums = new TreeMap<>(BY_WORDS);
  private Sum total = Sum.NONE;

  /**
   * @param by what sums are kept apart by
   */
  public Groups(List<By> by) {
    this.by = List.copyOf(by);
  }

  /** What dead letters can have in common. */
  public enum By {
    CODE(letter -> letter.getCode().name()),
    KIND(letter -> letter.getKind().name()),
    TENANT(letter -> letter.getTenant().orElse("-")),
    MODEL(letter -> letter.getModel().orElse("-")),
    TOPIC(DeadLetter::getSourceTopic),
    DAY(letter -> letter.getSettledAt().atOffset(ZoneOffset.UTC).toLocalDate().toString());

    private final Function<DeadLetter, String> word;

    By(Function<DeadLetter, String> word) {
      this.word = word;
    }
  }

  /**
   * A sum.
   *
   * @param letters how many dead letters
   * @param redriven requests of them that were published again
   * @param parked those that were redriven too often
   * @param spent pico-dollars
   */
  public record Sum(long letters, long redriven, long parked, long spent) {
    static final Sum NONE = new Sum(0, 0, 0, 0);

    /** Those with which nothing was done. */
    public long open() {
      return letters - redriven - parked;
    }

    Sum plus(Ledger.State state, long more) {
      return new Sum(
          letters + 1,
          redriven + (state == Ledger.State.REDRIVEN ? 1 : 0),
          parked + (state == Ledger.State.PARKED ? 1 : 0),
          spent + more);
    }
  }

  /** A sum and what its letters have in common, in the order asked for. */
  public record Row(List<String> key, Sum sum) {}

  /** Adds one. */
  public void add(DeadLetter letter, Ledger.State state) {
    List<String> key = new ArrayList<>();
    by.forEach(one -> key.add(one.word.apply(letter)));
    long spent = letter.getSpentPicoDollars();
    sums.put(key, sums.getOrDefault(key, Sum.NONE).plus(state, spent));
    total = total.plus(state, spent);
  }

  /** The sums, those of most letters first. */
  public List<Row> rows() {
    return sums.entrySet().stream()
        .map(one -> new Row(one.getKey(), one.getValue()))
        .sorted(Comparator.comparingLong((Row row) -> row.sum().letters()).reversed())
        .toList();
  }

  /** Of all. */
  public Sum total() {
    return total;
  }
}

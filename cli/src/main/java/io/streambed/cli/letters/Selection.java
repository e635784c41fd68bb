/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.letters;

import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.FailureKind;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which dead letters are meant. An empty set stands for all; what is given must hold together.
 *
 * @param codes what went wrong
 * @param kinds who must act
 * @param tenants on whose behalf
 * @param models aliases that were asked for
 * @param topics topics of the requests
 * @param ids ids of the dead letters, or places of their requests, {@code topic-partition-offset}
 * @param text in the message, in capital or small letters
 * @param from settled then or later
 * @param until settled before
 */
public record Selection(
    Set<DeadLetterCode> codes,
    Set<FailureKind> kinds,
    Set<String> tenants,
    Set<String> models,
    Set<String> topics,
    Set<String> ids,
    Optional<String> text,
    Instant from,
    Instant until)
    implements Predicate<DeadLetter> {

  /** All there are. */
  public static final Selection ALL = of(Set.of());

  public Selection {
    codes = Set.copyOf(codes);
    kinds = Set.copyOf(kinds);
    tenants = Set.copyOf(tenants);
    models = Set.copyOf(models);
    topics = Set.copyOf(topics);
    ids = Set.copyOf(ids);
    text = text.map(it -> it.toLowerCase(Locale.ROOT));
  }

  /** Those of some ids or places. */
  public static Selection of(Set<String> ids) {
    return new Selection(
        Set.of(),
        Set.of(),
        Set.of(),
        Set.of(),
        Set.of(),
        ids,
        Optional.empty(),
        Instant.MIN,
        Instant.MAX);
  }

  /** Whether it leaves nothing out. */
  public boolean isAll() {
    return equals(ALL);
  }

  @Override
  public boolean test(DeadLetter letter) {
    return allows(codes, letter.getCode())
        && allows(kinds, letter.getKind())
        && allows(topics, letter.getSourceTopic())
        && (tenants.isEmpty() || letter.getTenant().map(tenants::contains).orElse(false))
        && (models.isEmpty() || letter.getModel().map(models::contains).orElse(false))
        && (ids.isEmpty() || ids.contains(letter.getId()) || ids.contains(place(letter)))
        && text.map(it -> letter.getMessage().toLowerCase(Locale.ROOT).contains(it)).orElse(true)
        && !letter.getSettledAt().isBefore(from)
        && letter.getSettledAt().isBefore(until);
  }

  private static <T> boolean allows(Set<T> some, T one) {
    return some.isEmpty() || some.contains(one);
  }

  private static String place(DeadLetter letter) {
    return letter.getSourceTopic()
        + "-"
        + letter.getSourcePartition()
        + "-"
        + letter.getSourceOffset();
  }
}

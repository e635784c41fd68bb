/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** The keys of one group, in the order in which the reference shows them. */
final class Keys {

  /** More than any provider grants, and few enough digits to be read. */
  private static final long MOST = 1_000_000_000_000L;

  private final String group;
  private final List<Key<?>> declared = new ArrayList<>();

  Keys(String group) {
    this.group = group;
  }

  String group() {
    return group;
  }

  List<Key<?>> declared() {
    return List.copyOf(declared);
  }

  Key<Boolean> flag(String name, boolean preset, Importance importance, String meaning) {
    return add(
        name,
        Type.BOOLEAN,
        preset,
        null,
        importance,
        meaning,
        v -> (Boolean) Objects.requireNonNull(v));
  }

  Key<Integer> count(
      String name, int preset, int min, int max, Importance importance, String meaning) {
    return add(
        name,
        Type.INT,
        preset,
        Validators.range(min, max),
        importance,
        meaning,
        v -> (Integer) Objects.requireNonNull(v));
  }

  Key<Optional<Integer>> optionalCount(
      String name, String shownPreset, int min, int max, Importance importance, String meaning) {
    return absent(
        name,
        Type.INT,
        shownPreset,
        Validators.range(min, max),
        importance,
        meaning,
        v -> Optional.ofNullable((Integer) v));
  }

  Key<OptionalLong> optionalNumber(
      String name, String shownPreset, Importance importance, String meaning) {
    return absent(
        name,
        Type.LONG,
        shownPreset,
        Validators.range(1, MOST),
        importance,
        meaning,
        v -> v == null ? OptionalLong.empty() : OptionalLong.of((Long) v));
  }

  Key<Long> bytes(
      String name, long preset, long min, long max, Importance importance, String meaning) {
    return add(
        name,
        Type.LONG,
        preset,
        Validators.range(min, max),
        importance,
        meaning,
        v -> (Long) Objects.requireNonNull(v));
  }

  Key<Float> percentage(String name, double preset, Importance importance, String meaning) {
    return add(
        name,
        Type.DOUBLE,
        preset,
        Validators.range(1, 100),
        importance,
        meaning,
        v -> ((Double) Objects.requireNonNull(v)).floatValue());
  }

  /** Milliseconds; the name ends in {@code .ms}. */
  Key<Duration> millis(
      String name, long preset, long min, long max, Importance importance, String meaning) {
    return add(
        name,
        Type.LONG,
        preset,
        Validators.range(min, max),
        importance,
        meaning,
        v -> Duration.ofMillis((Long) Objects.requireNonNull(v)));
  }

  Key<String> text(
      String name,
      String preset,
      ConfigDef.Validator validator,
      Importance importance,
      String meaning) {
    return add(
        name,
        Type.STRING,
        preset,
        validator,
        importance,
        meaning,
        v -> (String) Objects.requireNonNull(v));
  }

  Key<Path> path(String name, String preset, Importance importance, String meaning) {
    return add(
        name,
        Type.STRING,
        preset,
        Validators.path(),
        importance,
        meaning,
        v -> Path.of((String) Objects.requireNonNull(v)));
  }

  Key<List<URI>> uris(String name, String preset, Importance importance, String meaning) {
    return add(
        name,
        Type.LIST,
        preset,
        Validators.uris("http", "https"),
        importance,
        meaning,
        v ->
            ((List<?>) Objects.requireNonNull(v))
                .stream().map(u -> URI.create((String) u)).toList());
  }

  Key<Optional<String>> optionalText(
      String name,
      String shownPreset,
      ConfigDef.@Nullable Validator validator,
      Importance importance,
      String meaning) {
    return absent(
        name,
        Type.STRING,
        shownPreset,
        validator,
        importance,
        meaning,
        v -> Optional.ofNullable((String) v));
  }

  Key<Optional<Path>> optionalPath(String name, Importance importance, String meaning) {
    return absent(
        name,
        Type.STRING,
        "",
        Validators.readableFile(),
        importance,
        meaning,
        v -> Optional.ofNullable((String) v).map(Path::of));
  }

  Key<Optional<URI>> optionalUri(String name, Importance importance, String meaning) {
    return absent(
        name,
        Type.STRING,
        "",
        Validators.uri("http", "https"),
        importance,
        meaning,
        v -> Optional.ofNullable((String) v).map(URI::create));
  }

  Key<Optional<String>> secret(String name, Importance importance, String meaning) {
    return absent(
        name,
        Type.PASSWORD,
        "",
        null,
        importance,
        meaning,
        v -> Optional.ofNullable((Password) v).map(Password::value));
  }

  /** An amount of dollars as it was given; empty where the key is absent. */
  Key<Optional<String>> dollars(
      String name, String shownPreset, Importance importance, String meaning) {
    return optionalText(name, shownPreset, Validators.dollars(), importance, meaning);
  }

  /** Percentages with a comma between. */
  Key<List<Integer>> percents(String name, String preset, Importance importance, String meaning) {
    return add(
        name,
        Type.LIST,
        preset,
        Validators.percents(),
        importance,
        meaning,
        v ->
            ((List<?>) Objects.requireNonNull(v))
                .stream().map(one -> Integer.valueOf((String) one)).toList());
  }

  /** Texts with a comma between; none where the key is absent. */
  Key<List<String>> texts(String name, String shownPreset, Importance importance, String meaning) {
    return absent(
        name,
        Type.LIST,
        shownPreset,
        null,
        importance,
        meaning,
        v -> v == null ? List.of() : ((List<?>) v).stream().map(String.class::cast).toList());
  }

  /**
   * Some of an enum's constants, written as those of {@link #choice}, with a comma between; none
   * where the key is absent.
   *
   * @param without constants that nobody can mean
   */
  <E extends Enum<E>> Key<List<E>> choices(
      String name,
      Class<E> type,
      List<E> without,
      String shownPreset,
      Importance importance,
      String meaning) {
    List<E> all = Arrays.stream(type.getEnumConstants()).filter(c -> !without.contains(c)).toList();
    List<String> spelled = all.stream().map(Keys::spelling).toList();
    return absent(
        name,
        Type.LIST,
        shownPreset,
        Validators.someOf(spelled),
        importance,
        meaning,
        v ->
            v == null
                ? List.of()
                : ((List<?>) v)
                    .stream().map(one -> all.get(spelled.indexOf((String) one))).toList());
  }

  /** One of an enum's constants, written in small letters with hyphens. */
  <E extends Enum<E>> Key<E> choice(String name, E preset, Importance importance, String meaning) {
    Class<E> type = preset.getDeclaringClass();
    List<String> choices = Arrays.stream(type.getEnumConstants()).map(Keys::spelling).toList();
    return add(
        name,
        Type.STRING,
        spelling(preset),
        Validators.oneOf(choices),
        importance,
        meaning,
        v -> type.getEnumConstants()[choices.indexOf((String) Objects.requireNonNull(v))]);
  }

  /** The same without a default. */
  <E extends Enum<E>> Key<Optional<E>> optionalChoice(
      String name, Class<E> type, String shownPreset, Importance importance, String meaning) {
    List<String> choices = Arrays.stream(type.getEnumConstants()).map(Keys::spelling).toList();
    return absent(
        name,
        Type.STRING,
        shownPreset,
        Validators.oneOf(choices),
        importance,
        meaning,
        v ->
            Optional.ofNullable((String) v)
                .map(choice -> type.getEnumConstants()[choices.indexOf(choice)]));
  }

  private static String spelling(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private <T> Key<T> add(
      String name,
      Type type,
      Object preset,
      ConfigDef.@Nullable Validator validator,
      Importance importance,
      String meaning,
      Key.Conversion<T> conversion) {
    return keep(
        new Key<>(
            name, type, preset, preset.toString(), validator, importance, meaning, conversion));
  }

  private <T> Key<T> absent(
      String name,
      Type type,
      String shownPreset,
      ConfigDef.@Nullable Validator validator,
      Importance importance,
      String meaning,
      Key.Conversion<T> conversion) {
    return keep(
        new Key<>(name, type, null, shownPreset, validator, importance, meaning, conversion));
  }

  private <T> Key<T> keep(Key<T> key) {
    declared.add(key);
    return key;
  }
}

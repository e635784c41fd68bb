/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.schemas.state.EndedCall;
import io.streambed.schemas.state.MovedCalls;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What other processes have said of calls that they made for tasks which have left them. A task
 * that opens here and knows of an attempt looks here what has become of it. What is said here
 * decides nothing but whether to wait and whose end to take: that an attempt is settled once is the
 * stores' matter.
 *
 * <p>Bounded in count and bytes; the oldest goes first. Safe for use by many threads: one reads the
 * topic, the tasks' threads look.
 */
public final class Elsewhere {

  /** What is known of an attempt. */
  sealed interface Word {
    /** Somebody says that it is open, or what was said has not been read yet. */
    record Wait() implements Word {}

    /** Nobody knows of it, or who did is silent. */
    record Lost() implements Word {}

    /** It never went out. */
    record NeverSent() implements Word {}

    /** It has ended. */
    record Ended(EndedCall end) implements Word {}
  }

  /** What is said is of use for as long; a reader that starts begins so long ago. */
  public static final Duration KEPT = Duration.ofMinutes(5);

  /** Who has calls open says so every second: one that does not for so long is gone. */
  static final Duration SILENCE = Duration.ofSeconds(5);

  /** How long the reader may be behind before nobody waits for it. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * The same where somebody has said that the attempt is open: a broker may take long to restart.
   */
  static final Duration LONG_PATIENCE = Duration.ofSeconds(30);

  /** A reader that has been away for longer cannot say who was silent meanwhile. */
  private static final Duration AWAY = Duration.ofSeconds(3);

  private static final int MOST = 100_000;
  static final long MOST_BYTES = 64L << 20;

  private static final class Heard {
    private final String instance;
    private Instant at;
    private boolean neverSent;
    private @Nullable EndedCall ended;
    private int bytes;

    private Heard(String instance, Instant at) {
      this.instance = instance;
      this.at = at;
    }

    private boolean isOpen() {
      return !neverSent && ended == null;
    }
  }

  private final String self;

  /** By attempt, in the order in which they were first heard of. */
  private final Map<String, Heard> heard = new LinkedHashMap<>();

  private long bytes;
  private Instant readTo = Instant.MIN;
  private boolean asked;

  /**
   * @param self how this process calls itself: what it says is not news to it
   */
  public Elsewhere(String self) {
    this.self = self;
  }

  /**
   * Somebody has said something.
   *
   * @param size bytes of the record that said it
   * @param at when, by this process's clock
   */
  public synchronized void hear(MovedCalls news, int size, Instant at) {
    String instance = news.getInstance();
    if (instance.equals(self)) {
      return;
    }
    news.getOpen().forEach(id -> entry(id, instance, at));
    news.getNeverSent().forEach(id -> entry(id, instance, at).neverSent = true);
    news.getEnded()
        .ifPresent(end -> {
          Heard one = entry(end.getAttemptId(), instance, at);
          bytes += size - one.bytes;
          one.bytes = size;
          one.ended = end;
        });
    if (news.getGone()) {
      heard.values().removeIf(one -> one.isOpen() && one.instance.equals(instance));
    }
    bound();
  }

  private Heard entry(String id, String instance, Instant at) {
    Heard one = heard.computeIfAbsent(id, unknown -> new Heard(instance, at));
    one.at = one.at.isAfter(at) ? one.at : at;
    return one;
  }

  private void bound() {
    Iterator<Heard> oldest = heard.values().iterator();
    while ((heard.size() > MOST || bytes > MOST_BYTES) && oldest.hasNext()) {
      bytes -= oldest.next().bytes;
      oldest.remove();
    }
  }

  /** All that was said before {@code time} has been heard. */
  public synchronized void readTo(Instant time) {
    boolean away = readTo.isAfter(Instant.MIN) && time.isAfter(readTo.plus(AWAY));
    readTo = time;
    Instant old = time.minus(KEPT);
    heard
        .values()
        .removeIf(one -> {
          if (away && one.isOpen()) {
            one.at = time;
          }
          boolean goes = one.at.isBefore(old);
          bytes -= goes ? one.bytes : 0;
          return goes;
        });
  }

  /** Whether somebody waits for {@link #readTo}, since this was last called. */
  public synchronized boolean takeAsked() {
    boolean was = asked;
    asked = false;
    return was;
  }

  /**
   * What has become of an attempt that this process does not know.
   *
   * @param since when its task has opened here: what its last owner had to say was said before
   */
  synchronized Word look(String attemptId, Instant since, Instant now) {
    Heard one = heard.get(attemptId);
    if (one != null && one.ended != null) {
      return new Word.Ended(one.ended);
    }
    if (one != null && one.neverSent) {
      return new Word.NeverSent();
    }
    Instant proof = one == null ? since : later(since, one.at.plus(SILENCE));
    Instant enough = one == null ? since.plus(PATIENCE) : later(since, one.at).plus(LONG_PATIENCE);
    if (!readTo.isBefore(proof) || !now.isBefore(enough)) {
      return new Word.Lost();
    }
    asked = asked || one == null;
    return new Word.Wait();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}

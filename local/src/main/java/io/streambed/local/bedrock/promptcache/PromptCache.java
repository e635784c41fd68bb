/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.promptcache;

import io.streambed.local.bedrock.wire.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What models keep of the beginnings of prompts. A beginning is kept up to a cache point and found
 * again at a point that is at most 20 pieces behind it; each time it is found it is kept as long
 * again. What lies below a model's minimum is not kept, without a word. Safe to use from any
 * thread.
 */
public final class PromptCache {
  /** How far behind a cache point an earlier beginning is looked for. */
  private static final int PIECES_BACK = 20;

  private static final Duration HOUR = Duration.ofHours(1);
  private static final int MOST_ENTRIES = 100_000;

  private record Kept(Instant until, Duration keptFor) {}

  private final Map<String, Kept> entries =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
          return size() > MOST_ENTRIES;
        }
      };

  /**
   * Splits the tokens of a prompt into those that are read from the cache, those that are written
   * to it, and others.
   *
   * @param scope beginnings of different scopes are different
   * @param minimum fewest tokens that are kept
   */
  public synchronized Usage usage(
      String scope, List<Piece> prompt, long minimum, long output, Instant now) {
    long all = prompt.isEmpty() ? 0 : prompt.getLast().tokens();
    long read = 0;
    long lastPoint = 0;
    long lastHour = 0;
    for (int at = 0; at < prompt.size(); at++) {
      Piece piece = prompt.get(at);
      if (piece.keptFor().isEmpty() || piece.tokens() < minimum) {
        continue;
      }
      lastPoint = piece.tokens();
      lastHour = piece.keptFor().get().equals(HOUR) ? piece.tokens() : lastHour;
      for (int back = at; back >= Math.max(0, at - PIECES_BACK); back--) {
        if (isKept(scope, prompt.get(back), now)) {
          read = Math.max(read, prompt.get(back).tokens());
          break;
        }
      }
    }
    long written = Math.max(0, lastPoint - read);
    long writtenForAnHour = Math.max(0, lastHour - read);
    return new Usage(all - read - written, output, read, written, writtenForAnHour);
  }

  private boolean isKept(String scope, Piece piece, Instant now) {
    Kept entry = entries.get(scope + piece.digest());
    return entry != null && now.isBefore(entry.until());
  }

  /** Keeps the beginnings of a prompt that was answered, and longer those that were found. */
  public synchronized void keep(String scope, List<Piece> prompt, long minimum, Instant now) {
    if (prompt.isEmpty()) {
      return;
    }
    boolean pointed = prompt.stream().anyMatch(piece -> piece.keptFor().isPresent());
    for (Piece piece : prompt) {
      String key = scope + piece.digest();
      Kept found = entries.get(key);
      if (pointed && found != null && now.isBefore(found.until())) {
        entries.put(key, new Kept(now.plus(found.keptFor()), found.keptFor()));
      } else if (piece.keptFor().isPresent() && piece.tokens() >= minimum) {
        entries.put(key, new Kept(now.plus(piece.keptFor().get()), piece.keptFor().get()));
      }
    }
  }

  /** Forgets everything. */
  public synchronized void clear() {
    entries.clear();
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.answers;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * When the other entries of the store are to be forgotten, ordered by wall-clock time: a key-value
 * store and not a window store, because those expire by stream time, and one record from the future
 * would empty them.
 *
 * <p>Entries of one second share pages, which are written together and forgotten whole: a record an
 * entry would be as many again to write, to replicate and to read back at a start. Keys are {@code
 * kind, time, first entry's key}; values are the entries: {@code size, length of key, key}. Owned
 * by a stream thread.
 */
final class ExpiryIndex {

  /** What an entry is of. */
  enum Kind {
    ANSWER((byte) 'A'),
    SETTLED((byte) 'S');

    private final byte mark;

    Kind(byte mark) {
      this.mark = mark;
    }
  }

  /**
   * An entry of the store that expires.
   *
   * @param size bytes that it takes there
   */
  record Entry(byte[] key, int size) {}

  /** Where an entry is put down until it is written. */
  private record Second(Kind kind, long endsAt) {}

  private static final int PAGE = 100;
  private static final long SECOND = 1_000;

  private final KeyValueStore<Bytes, byte[]> store;
  private final Map<Second, List<Entry>> unwritten = new HashMap<>();

  /**
   * By kind, a key before which there are no entries: a look for the oldest would otherwise step
   * over everything that was removed and that the store has not compacted yet.
   */
  private final Map<Kind, Bytes> starts = new EnumMap<>(Kind.class);

  ExpiryIndex(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  /**
   * Puts an entry down, to be forgotten within a second after its time. {@link #write} has to
   * follow before the next commit.
   *
   * @param expiresAt milliseconds since the epoch
   */
  void add(Kind kind, long expiresAt, Entry entry) {
    Second second = new Second(kind, Math.ceilDiv(expiresAt, SECOND) * SECOND);
    List<Entry> page = unwritten.computeIfAbsent(second, s -> new ArrayList<>());
    page.add(entry);
    if (page.size() == PAGE) {
      unwritten.remove(second);
      write(second, page);
    }
  }

  /** Writes what was put down. */
  void write() {
    unwritten.forEach(this::write);
    unwritten.clear();
  }

  private void write(Second second, List<Entry> entries) {
    Bytes key = indexKey(second.kind(), second.endsAt(), entries.getFirst().key());
    byte @Nullable [] before = store.get(key);
    List<Entry> all = new ArrayList<>(before == null ? List.of() : decode(before));
    all.addAll(entries);
    store.put(key, encode(all));
    starts.computeIfPresent(second.kind(), (k, start) -> key.compareTo(start) < 0 ? key : start);
  }

  /**
   * Forgets entries, the oldest first, page by page.
   *
   * @param until only those whose time is then or before, milliseconds since the epoch
   * @param more whether to go on, after so many
   * @param forget takes each
   * @return how many that were
   */
  int forget(Kind kind, long until, IntPredicate more, Consumer<Entry> forget) {
    write();
    Bytes from = starts.getOrDefault(kind, indexKey(kind, 0, new byte[0]));
    Bytes to = indexKey(kind, until + 1, new byte[0]);
    int forgotten = 0;
    if (from.compareTo(to) > 0) {
      return forgotten;
    }
    try (KeyValueIterator<Bytes, byte[]> pages = store.range(from, to)) {
      while (more.test(forgotten) && pages.hasNext()) {
        KeyValue<Bytes, byte[]> page = pages.next();
        List<Entry> entries = decode(page.value);
        entries.forEach(forget);
        forgotten += entries.size();
        store.delete(page.key);
        starts.put(kind, page.key);
      }
    }
    return forgotten;
  }

  /** Sum of the sizes of all entries of a kind; reads the whole index. */
  long totalSize(Kind kind) {
    write();
    long total = 0;
    try (KeyValueIterator<Bytes, byte[]> pages =
        store.range(indexKey(kind, 0, new byte[0]), indexKey(kind, Long.MAX_VALUE, new byte[0]))) {
      while (pages.hasNext()) {
        total += decode(pages.next().value).stream().mapToLong(Entry::size).sum();
      }
    }
    return total;
  }

  private static byte[] encode(List<Entry> entries) {
    int length = entries.stream().mapToInt(entry -> 2 * Integer.BYTES + entry.key().length).sum();
    ByteBuffer page = ByteBuffer.allocate(length);
    entries.forEach(entry -> page.putInt(entry.size()).putInt(entry.key().length).put(entry.key()));
    return page.array();
  }

  private static List<Entry> decode(byte[] value) {
    List<Entry> entries = new ArrayList<>();
    ByteBuffer page = ByteBuffer.wrap(value);
    while (page.hasRemaining()) {
      int size = page.getInt();
      byte[] key = new byte[page.getInt()];
      page.get(key);
      entries.add(new Entry(key, size));
    }
    return entries;
  }

  private static Bytes indexKey(Kind kind, long time, byte[] key) {
    return Bytes.wrap(
        ByteBuffer.allocate(1 + Long.BYTES + key.length)
            .put(kind.mark)
            .putLong(time)
            .put(key)
            .array());
  }
}

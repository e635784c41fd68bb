/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.answers;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * When the other entries of the store are to be forgotten, ordered by wall-clock time: a key-value
 * store and not a window store, because those expire by stream time, and one record from the future
 * would empty them.
 *
 * <p>Keys are {@code kind, time, key}, values the entry's size. Owned by a stream thread.
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
   * An entry whose time has come.
   *
   * @param size bytes that it takes in its store
   */
  record Entry(Bytes indexKey, byte[] key, int size) {}

  private static final int PREFIX = 1 + Long.BYTES;

  private final KeyValueStore<Bytes, byte[]> store;

  /**
   * By kind, a key before which there are no entries: a look for the oldest would otherwise step
   * over everything that was removed and that the store has not compacted yet.
   */
  private final Map<Kind, Bytes> starts = new EnumMap<>(Kind.class);

  ExpiryIndex(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  void add(Kind kind, long expiresAt, byte[] key, int size) {
    Bytes indexKey = indexKey(kind, expiresAt, key);
    store.put(indexKey, ByteBuffer.allocate(Integer.BYTES).putInt(size).array());
    starts.computeIfPresent(kind, (k, start) -> indexKey.compareTo(start) < 0 ? indexKey : start);
  }

  /** Takes an entry out; it must be the oldest of its kind. */
  void removeOldest(Kind kind, Entry entry) {
    store.delete(entry.indexKey());
    starts.put(kind, entry.indexKey());
  }

  /** The entries to be forgotten at {@code now} or earlier, the oldest first. */
  List<Entry> due(Kind kind, long now, int limit) {
    Bytes from = starts.getOrDefault(kind, indexKey(kind, 0, new byte[0]));
    Bytes to = indexKey(kind, now + 1, new byte[0]);
    return from.compareTo(to) > 0 ? List.of() : range(from, to, limit);
  }

  /** The entries that would be forgotten first, whenever that is. */
  List<Entry> oldest(Kind kind, int limit) {
    return due(kind, Long.MAX_VALUE - 1, limit);
  }

  /** Sum of the sizes of all entries of a kind; reads the whole index. */
  long totalSize(Kind kind) {
    long total = 0;
    try (KeyValueIterator<Bytes, byte[]> entries =
        store.range(indexKey(kind, 0, new byte[0]), indexKey(kind, Long.MAX_VALUE, new byte[0]))) {
      while (entries.hasNext()) {
        total += ByteBuffer.wrap(entries.next().value).getInt();
      }
    }
    return total;
  }

  private List<Entry> range(Bytes from, Bytes to, int limit) {
    List<Entry> found = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries = store.range(from, to)) {
      while (entries.hasNext() && found.size() < limit) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        byte[] indexKey = entry.key.get();
        found.add(
            new Entry(
                entry.key,
                Arrays.copyOfRange(indexKey, PREFIX, indexKey.length),
                ByteBuffer.wrap(entry.value).getInt()));
      }
    }
    return found;
  }

  private static Bytes indexKey(Kind kind, long time, byte[] key) {
    return Bytes.wrap(
        ByteBuffer.allocate(PREFIX + key.length).put(kind.mark).putLong(time).put(key).array());
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.kpl;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts records together into one that {@link Deaggregation}, the Kinesis Client Library and Lambda
 * take apart. Of one thread.
 *
 * <p>Whoever uses it sees to it that all records belong to one shard: to be safe, that all have one
 * partition key or one explicit hash key.
 */
public final class Aggregation {

  /** Tag, length and index of a record take no more than this. */
  private static final int FRAME = 24;

  private final Map<String, Integer> keys = new LinkedHashMap<>();
  private final Map<String, Integer> hashKeys = new LinkedHashMap<>();
  private final List<UserRecord> records = new ArrayList<>();
  private int size = Deaggregation.MAGIC.length + Deaggregation.DIGEST;

  /** Adds one, the last in order. */
  public void add(UserRecord record) {
    size += cost(record);
    keys.putIfAbsent(record.partitionKey(), keys.size());
    record
        .explicitHashKey()
        .ifPresent(key -> hashKeys.putIfAbsent(key.toString(), hashKeys.size()));
    records.add(record);
  }

  /** How many were added. */
  public int count() {
    return records.size();
  }

  /** Most bytes that {@link #bytes} has now. */
  public int size() {
    return size;
  }

  /** Most bytes that it would have with this one too. */
  public int sizeWith(UserRecord record) {
    return size + cost(record);
  }

  /** The record of Kinesis that holds all. */
  public byte[] bytes() {
    ByteArrayOutputStream message = new ByteArrayOutputStream(size);
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(message);
      for (String key : keys.keySet()) {
        out.writeString(Deaggregation.KEYS, key);
      }
      for (String key : hashKeys.keySet()) {
        out.writeString(Deaggregation.HASH_KEYS, key);
      }
      for (UserRecord record : records) {
        out.writeByteArray(Deaggregation.RECORDS, encoded(record));
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] protobuf = message.toByteArray();
    ByteArrayOutputStream all = new ByteArrayOutputStream(protobuf.length + FRAME);
    all.writeBytes(Deaggregation.MAGIC);
    all.writeBytes(protobuf);
    all.writeBytes(HashKeys.md5(protobuf));
    return all.toByteArray();
  }

  private byte[] encoded(UserRecord record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(record.data().length + FRAME);
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeUInt64(Deaggregation.KEY_INDEX, index(keys, record.partitionKey()));
    Optional<BigInteger> hashKey = record.explicitHashKey();
    if (hashKey.isPresent()) {
      out.writeUInt64(Deaggregation.HASH_KEY_INDEX, index(hashKeys, hashKey.get().toString()));
    }
    out.writeByteArray(Deaggregation.DATA, record.data());
    out.flush();
    return bytes.toByteArray();
  }

  private static int index(Map<String, Integer> table, String key) {
    Integer index = table.get(key);
    if (index == null) {
      throw new IllegalStateException("the key is not in its table");
    }
    return index;
  }

  private int cost(UserRecord record) {
    int key =
        keys.containsKey(record.partitionKey())
            ? 0
            : CodedOutputStream.computeStringSize(Deaggregation.KEYS, record.partitionKey());
    int hashKey =
        record
            .explicitHashKey()
            .map(BigInteger::toString)
            .filter(text -> !hashKeys.containsKey(text))
            .map(text -> CodedOutputStream.computeStringSize(Deaggregation.HASH_KEYS, text))
            .orElse(0);
    return key + hashKey + record.data().length + FRAME;
  }
}

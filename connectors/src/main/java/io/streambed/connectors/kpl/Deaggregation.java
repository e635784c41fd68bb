/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.kpl;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Takes an aggregated record apart.
 *
 * <p>It is four magic bytes, a protobuf message and the message's MD5:
 *
 * <pre>
 * message AggregatedRecord {
 *   repeated string partition_key_table     = 1;
 *   repeated string explicit_hash_key_table = 2;
 *   repeated Record records                 = 3;
 * }
 * message Record {
 *   required uint64 partition_key_index     = 1;
 *   optional uint64 explicit_hash_key_index = 2;
 *   required bytes  data                    = 3;
 *   repeated Tag    tags                    = 4;
 * }
 * </pre>
 */
public final class Deaggregation {

  static final byte[] MAGIC = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2};
  static final int DIGEST = 16;
  static final int KEYS = 1;
  static final int HASH_KEYS = 2;
  static final int RECORDS = 3;
  static final int KEY_INDEX = 1;
  static final int HASH_KEY_INDEX = 2;
  static final int DATA = 3;

  private Deaggregation() {}

  /**
   * The records within, in their order; nothing if the data are no aggregated record. Data that
   * begin like one and are none are a record of their own: no producer is forbidden to write such.
   */
  public static Optional<List<UserRecord>> of(byte[] data) {
    int end = data.length - DIGEST;
    if (end < MAGIC.length || !Arrays.equals(data, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      return Optional.empty();
    }
    MessageDigest digest = HashKeys.digest();
    digest.update(data, MAGIC.length, end - MAGIC.length);
    if (!Arrays.equals(digest.digest(), Arrays.copyOfRange(data, end, data.length))) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          read(CodedInputStream.newInstance(data, MAGIC.length, end - MAGIC.length)));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private record Raw(int key, int hashKey, byte[] data) {}

  private static List<UserRecord> read(CodedInputStream in) throws IOException {
    List<String> keys = new ArrayList<>();
    List<String> hashKeys = new ArrayList<>();
    List<Raw> raw = new ArrayList<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case KEYS -> keys.add(in.readString());
        case HASH_KEYS -> hashKeys.add(in.readString());
        case RECORDS -> raw.add(record(in));
        default -> in.skipField(tag);
      }
    }
    List<UserRecord> records = new ArrayList<>(raw.size());
    for (Raw one : raw) {
      Optional<BigInteger> hashKey =
          one.hashKey() < 0
              ? Optional.empty()
              : Optional.of(new BigInteger(hashKeys.get(one.hashKey())));
      records.add(new UserRecord(keys.get(one.key()), hashKey, one.data()));
    }
    return records;
  }

  private static Raw record(CodedInputStream in) throws IOException {
    int limit = in.pushLimit(in.readRawVarint32());
    int key = -1;
    int hashKey = -1;
    byte[] data = {};
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case KEY_INDEX -> key = Math.toIntExact(in.readUInt64());
        case HASH_KEY_INDEX -> hashKey = Math.toIntExact(in.readUInt64());
        case DATA -> data = in.readByteArray();
        default -> in.skipField(tag);
      }
    }
    in.popLimit(limit);
    return new Raw(key, hashKey, data);
  }
}

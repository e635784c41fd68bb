/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streambed.schemas.released.ReleasedSchemas;
import io.streambed.schemas.state.BudgetEntry;
import io.streambed.schemas.state.BudgetGrant;
import java.nio.ByteBuffer;

/**
 * What goes to the budgets, in a topic keyed by tenant, and what they say to flights, in a topic
 * whose keys name the flights' partitions.
 */
public final class BudgetRecords {

  private static final StateCodec<BudgetEntry> ENTRY =
      new StateCodec<>(BudgetEntry.class, ReleasedSchemas.of(BudgetEntry.class));
  private static final StateCodec<BudgetGrant> GRANTS =
      new StateCodec<>(BudgetGrant.class, ReleasedSchemas.of(BudgetGrant.class));

  private BudgetRecords() {}

  /** The key of an entry. */
  public static byte[] key(String tenant) {
    return tenant.getBytes(UTF_8);
  }

  /** The tenant that an entry's key names. */
  public static String tenant(byte[] key) {
    return new String(key, UTF_8);
  }

  public static byte[] encode(BudgetEntry entry) {
    return ENTRY.encode(entry);
  }

  public static BudgetEntry decodeEntry(byte[] bytes) {
    return ENTRY.decode(bytes);
  }

  public static byte[] encode(BudgetGrant grant) {
    return GRANTS.encode(grant);
  }

  public static BudgetGrant decodeGrant(byte[] bytes) {
    return GRANTS.decode(bytes);
  }

  /** A grant's key, which names the partition of its flight. */
  public static byte[] grantKey(int partition) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(partition).array();
  }

  /** The partition that a grant's key names. */
  public static int partition(byte[] key) {
    return ByteBuffer.wrap(key).getInt();
  }
}

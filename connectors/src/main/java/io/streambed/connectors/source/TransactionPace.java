/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

/**
 * When the connector ends a transaction, where it may: at a pause, or when it holds many records,
 * and never within an aggregated record. Of the task's thread.
 */
final class TransactionPace {

  private final int most;
  private int records;

  TransactionPace(int most) {
    this.most = most;
  }

  /**
   * Counts a record that goes to the worker.
   *
   * @param whole whether all of its record of Kinesis has gone with it
   * @param last whether nothing more is at hand
   * @return whether the transaction ends with it
   */
  boolean endsWith(boolean whole, boolean last) {
    records++;
    if (whole && (last || records >= most)) {
      records = 0;
      return true;
    }
    return false;
  }
}

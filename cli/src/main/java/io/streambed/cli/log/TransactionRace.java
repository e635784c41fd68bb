/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Leaves out that a producer sends a batch again because the transaction before is not wholly ended
 * yet. The broker ends a transaction after it has said so, and waits for that no longer than its
 * {@code add.partitions.to.txn.retry.backoff.max.ms}, 100 ms by default: with transactions that
 * follow each other at once that is an everyday event and loses nothing. All else that the same
 * logger says stays.
 */
public final class TransactionRace extends Filter<ILoggingEvent> {

  private static final String SENDER = "org.apache.kafka.clients.producer.internals.Sender";

  private static final String HARMLESS = "Error: CONCURRENT_TRANSACTIONS";

  @Override
  public FilterReply decide(ILoggingEvent event) {
    boolean harmless =
        SENDER.equals(event.getLoggerName())
            && event.getLevel() == Level.WARN
            && event.getFormattedMessage().contains(HARMLESS);
    return harmless ? FilterReply.DENY : FilterReply.NEUTRAL;
  }
}

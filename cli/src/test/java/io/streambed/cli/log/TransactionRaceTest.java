/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

class TransactionRaceTest {

  private static final String SENDER = "org.apache.kafka.clients.producer.internals.Sender";

  private final TransactionRace filter = new TransactionRace();

  @Test
  void onlyABatchThatIsSentAgainBecauseOfTheTransactionBeforeIsLeftOut() {
    assertThat(filter.decide(said(SENDER, Level.WARN, Errors.CONCURRENT_TRANSACTIONS)))
        .isEqualTo(FilterReply.DENY);
    assertThat(filter.decide(said(SENDER, Level.WARN, Errors.NOT_ENOUGH_REPLICAS)))
        .isEqualTo(FilterReply.NEUTRAL);
    assertThat(filter.decide(said(SENDER, Level.ERROR, Errors.CONCURRENT_TRANSACTIONS)))
        .isEqualTo(FilterReply.NEUTRAL);
    assertThat(filter.decide(said("other", Level.WARN, Errors.CONCURRENT_TRANSACTIONS)))
        .isEqualTo(FilterReply.NEUTRAL);
  }

  /** As the producer says it. */
  private static LoggingEvent said(String logger, Level level, Errors error) {
    LoggingEvent event = new LoggingEvent();
    event.setLoggerName(logger);
    event.setLevel(level);
    event.setMessage(
        "[Producer clientId=p] Got error produce response with correlation id 7 on"
            + " topic-partition jobs-0, retrying (3 attempts left). Error: "
            + error);
    return event;
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.kafka;

import org.apache.kafka.common.utils.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka ends the JVM when a broker meets a fatal fault. In process that would end the user's
 * program or test run, so only the broker's own thread ends.
 */
final class ExitTrap {
  private static final Logger LOG = LoggerFactory.getLogger(ExitTrap.class);

  private ExitTrap() {}

  /** Applies to the whole JVM from now on. Setting it twice does no harm. */
  static void set() {
    Exit.setExitProcedure(ExitTrap::refuse);
    Exit.setHaltProcedure(ExitTrap::refuse);
  }

  private static void refuse(int status, String message) {
    LOG.atError().addKeyValue("status", status).log("the broker failed and asked to end the JVM");
    throw new BrokerStartException("the broker failed with exit status " + status, null);
  }
}

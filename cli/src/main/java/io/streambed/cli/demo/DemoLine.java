/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.demo;

import io.streambed.cli.request.Request;
import io.streambed.local.bedrock.fault.Fault;
import java.util.Optional;

/**
 * One line of the workload.
 *
 * @param name its file and number
 * @param expectation how it is to be settled
 * @param content what is published
 * @param fault what the stand-in does to its calls
 */
record DemoLine(String name, Expectation expectation, Content content, Optional<Fault> fault) {

  /** What is published. */
  sealed interface Content {
    /** A request. */
    record Whole(Request request) implements Content {}

    /** Bytes that are none. */
    record Raw(String topic, byte[] value) implements Content {}
  }
}

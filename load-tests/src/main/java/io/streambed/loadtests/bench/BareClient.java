/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streambed.loadtests.process.Child;
import io.streambed.loadtests.service.CallCounts;
import io.streambed.loadtests.service.CallPlan;
import java.time.Duration;

/** The AWS client alone, in a process of its own. For one thread. */
public final class BareClient {
  /** Its name in figures. */
  public static final String NAME = "bare-client";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(150);

  private final Child child;

  BareClient(Child child) {
    this.child = child;
  }

  /** Begins to call. */
  public void begin(CallPlan plan) {
    try {
      child.ask(JSON.writeValueAsString(plan), LIMIT);
    } catch (JsonProcessingException e) {
      throw new BenchException("a plan has no JSON", e);
    }
  }

  /** Calls since this was asked last. */
  public CallCounts read() {
    String answer = child.ask("read", LIMIT);
    try {
      return JSON.readValue(answer, CallCounts.class);
    } catch (JsonProcessingException e) {
      throw new BenchException("the bare client answers " + answer, e);
    }
  }

  /** Starts no further call, and waits for those that are open. */
  public void stop() {
    child.ask("stop", LIMIT);
  }

  /** Its process. */
  public Child process() {
    return child;
  }
}

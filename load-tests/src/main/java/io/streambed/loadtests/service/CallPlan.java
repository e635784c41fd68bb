/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.service;

/**
 * What the bare client is to do until it is told otherwise.
 *
 * @param inFlight calls that are open all the time; a finished one starts the next
 * @param perSecond or, if it is not 0, so many calls a second, evenly, whatever is open
 */
public record CallPlan(int inFlight, double perSecond) {

  /** So many calls open all the time. */
  public static CallPlan inFlight(int calls) {
    return new CallPlan(calls, 0);
  }

  /** So many calls a second. */
  public static CallPlan perSecond(double rate) {
    return new CallPlan(0, rate);
  }
}

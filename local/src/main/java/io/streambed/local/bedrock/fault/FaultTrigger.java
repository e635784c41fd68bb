/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.fault;

/** How often a fault meets a call that it matches. */
public sealed interface FaultTrigger {

  /** Every time, until it is removed. */
  record Always() implements FaultTrigger {}

  /** The next calls, then never more. */
  record Next(int calls) implements FaultTrigger {}

  /**
   * By chance.
   *
   * @param share share of the calls, from 0 to 1
   */
  record Rate(double share) implements FaultTrigger {}
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.ops;

/** Whether a part works. */
public sealed interface HealthStatus {

  /** It works. */
  record Up() implements HealthStatus {}

  /**
   * It does not.
   *
   * @param reason why, and what to do, for the operator; shown over HTTP, so it holds no secret and
   *     nothing of a request
   */
  record Down(String reason) implements HealthStatus {}
}

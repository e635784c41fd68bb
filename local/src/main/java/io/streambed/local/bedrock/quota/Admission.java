/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.quota;

/** Whether a call may start. */
public sealed interface Admission {

  /**
   * It may.
   *
   * @param reserved tokens that are held until it is settled
   */
  record Granted(long reserved) implements Admission {}

  /** The calls of this minute are used up. */
  record TooManyRequests() implements Admission {}

  /** The tokens of this minute are used up. */
  record TooManyTokens() implements Admission {}
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.limit;

/**
 * What a call holds of a quota until it has ended.
 *
 * @param bytes size of what is asked
 * @param expected tokens that it is expected to take
 * @param most tokens that the provider sets aside for it: its input and the longest answer
 */
public record Reservation(long bytes, double expected, long most) {

  /** Of a lane without a quota. */
  public static final Reservation NONE = new Reservation(0, 0, 0);
}

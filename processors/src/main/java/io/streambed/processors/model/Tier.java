/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

/**
 * A class of service of the provider, with a price and a priority of its own; {@link #DEFAULT} is
 * what it gives where none is named.
 */
public enum Tier {
  DEFAULT,
  PRIORITY,
  FLEX,
  RESERVED
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

/**
 * One setting in force.
 *
 * @param group the heading in the reference
 * @param key the dotted key
 * @param value as it may be shown: a secret is {@code [hidden]}, none is empty
 * @param origin where it comes from
 */
public record Setting(String group, String key, String value, Origin origin) {

  /** Where a value comes from. */
  public enum Origin {
    DEFAULT,
    FILE,
    ENVIRONMENT
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

/**
 * One thing wrong in the settings.
 *
 * @param key the key at fault
 * @param value what was given, empty where nothing was or where it is a secret
 * @param problem what is wrong with it
 * @param fix what to do
 */
public record ConfigProblem(String key, String value, String problem, String fix) {

  String shown() {
    return key
        + (value.isEmpty() ? "" : " = " + value)
        + ": "
        + problem
        + ". "
        + fix
        + (fix.endsWith("?") ? "" : ".");
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.architecture;

import com.tngtech.archunit.lang.ArchRule;
import java.util.function.Function;

/**
 * A rule, and the fixture that breaks it.
 *
 * @param name a sentence
 * @param fixture last part of the fixture's package, {@code io.streambed.fixtures.<fixture>}
 * @param under gives the rule for the modules below a root package
 */
record Rule(String name, String fixture, Function<String, ArchRule> under) {

  @Override
  public String toString() {
    return name;
  }
}

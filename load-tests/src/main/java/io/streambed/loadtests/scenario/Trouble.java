/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.scenario;

import io.streambed.loadtests.figures.Check;
import io.streambed.loadtests.process.Child;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** What an instance logs if a thread of it has died or its producer was fenced. */
final class Trouble {
  private static final Pattern LINE =
      Pattern.compile(
          "a stream thread failed|ProducerFenced|InvalidProducerEpoch|FencedInstanceId");

  private Trouble() {}

  /** Checks that no instance has logged any. */
  static void none(Run run, String where, Collection<Child> instances) {
    List<String> found = new ArrayList<>();
    instances.forEach(instance -> found.addAll(instance.logged(LINE)));
    run.check(
        Check.promise(
            "no thread has died and no producer was fenced, " + where,
            "0 such lines in the logs",
            found.size(),
            found.isEmpty()));
  }
}

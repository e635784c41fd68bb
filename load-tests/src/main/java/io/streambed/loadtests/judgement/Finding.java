/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.judgement;

import java.util.Collection;
import java.util.List;

/**
 * One kind of thing that was looked for.
 *
 * @param what its name
 * @param meaning what it means, in a sentence
 * @param count how many there are
 * @param examples a few ids
 * @param fault whether one of them breaks a promise
 */
public record Finding(
    String what, String meaning, long count, List<String> examples, boolean fault) {
  private static final int EXAMPLES = 5;

  /** Each of these breaks a promise. */
  static Finding fault(String what, String meaning, Collection<String> ids) {
    return of(what, meaning, ids, true);
  }

  /** These are told and break nothing. */
  static Finding fact(String what, String meaning, Collection<String> ids) {
    return of(what, meaning, ids, false);
  }

  private static Finding of(String what, String meaning, Collection<String> ids, boolean fault) {
    List<String> few = ids.stream().sorted().limit(EXAMPLES).toList();
    return new Finding(what, meaning, ids.size(), few, fault);
  }

  /** Whether a promise is broken. */
  public boolean broken() {
    return fault && count > 0;
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.compare;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What came of texts that were embedded, by their ids. Not for use by several threads. */
public final class TextVectors {

  private final Map<String, List<Float>> vectors = new HashMap<>();
  private final Map<String, String> failures = new HashMap<>();

  /** A text has a vector. */
  public void embedded(String id, List<Float> vector) {
    vectors.put(id, vector);
  }

  /**
   * A text could not be embedded.
   *
   * @param code the dead letter's
   */
  public void failed(String id, String code) {
    failures.put(id, code);
  }

  /** What has failed so far is asked again. */
  public void forgetFailures() {
    failures.clear();
  }

  /** Whether a text has a vector. */
  public boolean has(String id) {
    return vectors.containsKey(id);
  }

  /** Whether nothing more is to be waited for. */
  public boolean isSettled(String id) {
    return has(id) || failures.containsKey(id);
  }

  /** How far apart two texts are; empty where that is not known. */
  public OptionalDouble distance(String one, String other) {
    return Distance.cosine(
        vectors.getOrDefault(one, List.of()), vectors.getOrDefault(other, List.of()));
  }

  /** Why that is not known, in a few words. */
  public String why(String one, String other) {
    for (String id : List.of(one, other)) {
      if (!has(id) && failures.containsKey(id)) {
        return "dead letter " + failures.get(id);
      }
    }
    return has(one) && has(other) ? "vectors without an angle" : "not answered in time";
  }
}

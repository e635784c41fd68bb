/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.subject;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How a subject is set up.
 *
 * @param limit most calls in flight
 * @param instance id of the instance, the same after a restart
 * @param stateDir folder of its own
 * @param commitMillis how often it commits
 * @param heap most heap of its JVM
 * @param leave whether it leaves its group when it stops, so that others take over at once; only
 *     Streambed's, like the settings that follow
 * @param extra settings of Streambed by their keys; a peer does not see them
 */
public record SubjectSettings(
    int limit,
    String instance,
    Path stateDir,
    int commitMillis,
    String heap,
    boolean leave,
    Map<String, String> extra) {

  public SubjectSettings {
    extra = Map.copyOf(extra);
  }

  /** What is measured unless a scenario says otherwise. */
  public static SubjectSettings of(int limit, String instance, Path stateDir) {
    return new SubjectSettings(limit, instance, stateDir, 10, "1g", false, Map.of());
  }

  /** The same with one setting of Streambed more. */
  public SubjectSettings with(String key, Object value) {
    Map<String, String> more = new HashMap<>(extra);
    more.put(key, value.toString());
    return new SubjectSettings(limit, instance, stateDir, commitMillis, heap, leave, more);
  }

  /** The same with another heap. */
  public SubjectSettings heap(String most) {
    return new SubjectSettings(limit, instance, stateDir, commitMillis, most, leave, extra);
  }

  /** The same, and it leaves its group when it stops. */
  public SubjectSettings leaving() {
    return new SubjectSettings(limit, instance, stateDir, commitMillis, heap, true, extra);
  }
}

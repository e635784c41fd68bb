/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.topics;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether the cluster's topics will do.
 *
 * @param problems what is wrong and how it is put right, a sentence each; none means they will
 */
public record TopicCheck(List<String> problems) {

  public TopicCheck {
    problems = List.copyOf(problems);
  }

  /**
   * @param jobPartitions partitions of the internal jobs topic
   */
  static TopicCheck of(List<TopicState> states, Topics names, int jobPartitions) {
    List<String> problems = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (TopicState state : states) {
      switch (state) {
        case TopicState.Missing none -> missing.add(none.spec().name());
        case TopicState.Present topic -> problems.addAll(of(topic, names, jobPartitions));
      }
    }
    if (!missing.isEmpty()) {
      problems.addFirst(
          (missing.size() == 1 ? "topic " : "topics ")
              + String.join(", ", missing)
              + (missing.size() == 1 ? " does" : " do")
              + " not exist; create what is missing with: ./streambed topics create");
    }
    return new TopicCheck(problems);
  }

  private static List<String> of(TopicState.Present topic, Topics names, int jobPartitions) {
    String name = topic.spec().name();
    if (!name.equals(names.jobsHeld())) {
      return List.of();
    }
    List<String> problems = new ArrayList<>();
    if (topic.partitions() != jobPartitions) {
      problems.add(
          "topic "
              + name
              + " has "
              + topic.partitions()
              + " partitions and must have "
              + jobPartitions
              + ", as many as the jobs topic; while it is empty, delete it and run:"
              + " ./streambed topics create");
    }
    String cleanup = topic.settings().getOrDefault("cleanup.policy", "compact");
    if (!cleanup.equals("compact")) {
      problems.add(
          "topic "
              + name
              + " has cleanup.policy="
              + cleanup
              + " and must have compact: jobs that are not settled would expire unseen; set it"
              + " with: kafka-configs --alter --topic "
              + name
              + " --add-config cleanup.policy=compact");
    }
    return problems;
  }

  public boolean passed() {
    return problems.isEmpty();
  }

  /** All problems, a line each. */
  public String message() {
    return String.join(System.lineSeparator(), problems);
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.ops;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/**
 * What the parts said at one moment.
 *
 * @param up whether all of them work
 */
public record HealthReport(boolean up, List<Part> parts) {

  /**
   * One part.
   *
   * @param since when its status changed last
   */
  public record Part(String name, HealthStatus status, Instant since) {}

  public HealthReport {
    parts = List.copyOf(parts);
  }

  /** JSON for people and probes. */
  String json() {
    return root().toPrettyString();
  }

  /**
   * The same and what each lane is able to do. A lane that is not makes nobody unready: other lanes
   * have work too, and no other process would fare better with it.
   */
  String json(List<LaneLimits> lanes) {
    ObjectNode root = root();
    ArrayNode told = root.putArray("lanes");
    for (LaneLimits lane : lanes) {
      ObjectNode one =
          told.addObject()
              .put("name", lane.lane())
              .put("condition", lane.condition())
              .put("breaker", lane.breaker());
      if (lane.reason() != null) {
        one.put("reason", lane.reason());
      }
    }
    return root.toPrettyString();
  }

  private ObjectNode root() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("status", up ? "up" : "down");
    ArrayNode checks = root.putArray("checks");
    for (Part part : parts) {
      ObjectNode check = checks.addObject().put("name", part.name());
      switch (part.status()) {
        case HealthStatus.Up ok -> check.put("status", "up");
        case HealthStatus.Down down -> check.put("status", "down").put("reason", down.reason());
      }
      check.put("since", part.since().toString());
    }
    return root;
  }
}

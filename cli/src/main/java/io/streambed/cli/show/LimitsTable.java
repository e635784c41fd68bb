/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.show;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.cli.limits.LaneSum;
import io.streambed.processors.ops.LaneLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lanes for people and for programs. */
public final class LimitsTable {

  private static final double WHOLE = 0.995;

  private LimitsTable() {}

  /**
   * A line a lane, and what is to say of those that are stopped.
   *
   * @param instances how many have told
   */
  public static List<String> lines(List<LaneSum> lanes, int instances) {
    Table table =
        new Table()
            .row(
                "LANE",
                "CONDITION",
                "CALLS",
                "TOKENS",
                "A DAY",
                "SET ASIDE",
                "GRANTED",
                "OPEN",
                "THROTTLED",
                "WAITING");
    List<String> stopped = new ArrayList<>();
    for (LaneSum lane : lanes) {
      LaneLimits.Used used = lane.used();
      LaneLimits.Quota quota = lane.quota();
      table.row(
          lane.lane(),
          condition(lane, instances),
          of(used.requests(), quota.requestsPerMinute()),
          of(used.tokens(), quota.tokensPerMinute()),
          quota.tokensPerDay() == null ? "" : number(quota.tokensPerDay()),
          number(lane.setAside()),
          lane.granted() > WHOLE ? "" : String.format(Locale.ROOT, "%.0f %%", 100 * lane.granted()),
          of(lane.open(), lane.limit()),
          number(used.throttles()) + ", " + number(used.throttlesEver()),
          number(lane.ready() + lane.waiting()));
      lane.reason()
          .ifPresent(reason ->
              stopped.add(
                  lane.lane()
                      + " is stopped: "
                      + reason
                      + lane.until().map(time -> "; tried again at " + time).orElse("")));
    }
    List<String> lines = new ArrayList<>(table.lines());
    lines.addAll(stopped);
    return lines;
  }

  /** The worst condition, and how many instances see it where not all do. */
  private static String condition(LaneSum lane, int instances) {
    String worst = lane.condition();
    Integer times = lane.conditions().get(worst);
    return times == null || times == instances
        ? worst
        : worst + " (" + times + " of " + instances + ")";
  }

  private static String of(long used, @Nullable Long most) {
    return most == null ? number(used) : number(used) + " of " + number(most);
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /**
   * One lane as a JSON object on a line.
   *
   * @param instances how many have told
   */
  public static String json(LaneSum lane, int instances) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("lane", lane.lane()).put("instances", instances).put("condition", lane.condition());
    lane.conditions().forEach(node.putObject("conditions")::put);
    lane.breakers().forEach(node.putObject("breakers")::put);
    node.put("until", lane.until().orElse(null)).put("reason", lane.reason().orElse(null));
    node.putObject("quota")
        .put("requestsPerMinute", lane.quota().requestsPerMinute())
        .put("tokensPerMinute", lane.quota().tokensPerMinute())
        .put("tokensPerDay", lane.quota().tokensPerDay());
    node.put("granted", lane.granted()).put("setAside", lane.setAside());
    node.putObject("used")
        .put("requests", lane.used().requests())
        .put("tokens", lane.used().tokens())
        .put("throttles", lane.used().throttles())
        .put("throttlesEver", lane.used().throttlesEver());
    return node.put("open", lane.open())
        .put("limit", lane.limit())
        .put("concurrency", lane.concurrency())
        .put("ready", lane.ready())
        .put("waiting", lane.waiting())
        .toString();
  }
}

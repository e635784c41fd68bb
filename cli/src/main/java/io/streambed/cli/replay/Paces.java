/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.replay;

import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelAlias;
import io.streambed.schemas.state.Job;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How fast the requests of a run may follow each other: no lane is given more than the share of its
 * quota, whichever aliases send to it. Not for use by several threads.
 */
public final class Paces {

  private final Share share;
  private final Map<String, ModelAlias> models;
  private final Map<String, Pace> byLane = new HashMap<>();

  /**
   * @param models the platform's, by alias
   */
  public Paces(Share share, Map<String, ModelAlias> models) {
    this.share = share;
    this.models = Map.copyOf(models);
  }

  /** Whether a request may go. */
  public boolean allows(Job job, Instant now) {
    return lanes(job).stream().allMatch(one -> pace(one.lane()).allows(now));
  }

  /** One has gone. */
  public void took(Job job, Forecast forecast, Instant now) {
    for (LanePart one : lanes(job)) {
      double tokens = forecast.quotaTokens(one.lane().quota());
      pace(one.lane()).took(now, one.part(), one.part() * tokens);
    }
  }

  private Pace pace(Lane lane) {
    return byLane.computeIfAbsent(lane.name(), name -> share.pace(lane.quota()));
  }

  private List<LanePart> lanes(Job job) {
    ModelAlias alias = models.get(job.getModel());
    return alias == null ? List.of() : LanePart.of(alias, job);
  }
}

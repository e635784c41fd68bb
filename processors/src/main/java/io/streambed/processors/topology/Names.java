/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.topology;

/** Names of nodes and stores that the steps know each other by. */
final class Names {

  static final String REQUESTS = "requests";
  static final String ADMISSION = "admission";
  static final String ACCEPTED = "accepted";
  static final String BUDGETED = "budgeted";
  static final String BUDGET_HOP = "budget";
  static final String BUDGET = "budget-step";
  static final String BUDGET_JOBS = "paid-for";
  static final String BUDGET_JOBS_SINK = "paid-for-jobs";
  static final String BUDGET_GRANTS = "grants";
  static final String BUDGET_GRANTS_SINK = "grants-to-flights";
  static final String BUDGET_REFUSED = "refused";
  static final String BUDGET_REFUSED_SINK = "refused-dead-letters";
  static final String BUDGET_TOLD = "told";
  static final String BUDGET_TOLD_SINK = "budget-events";
  static final String REJECTED = "rejected";
  static final String REJECTED_SINK = "rejected-dead-letters";
  static final String JOBS = "jobs";
  static final String HELD_SOURCE = "held-jobs";
  static final String HELD = "held";
  static final String HELD_AGAIN_SINK = "held-again";
  static final String ALL_JOBS = "all-jobs";
  static final String DEDUP = "dedup";
  static final String INVOCATION = "invocation";
  static final String TO_HOLD = "to-hold";
  static final String HOLD_SINK = "hold";
  static final String OWED = "owed";
  static final String SETTLEMENT = "settlement";
  static final String UNREAD = "unread";

  private Names() {}
}

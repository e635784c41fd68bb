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
  static final String ACCEPTED_URGENT = "accepted-interactive";
  static final String ACCEPTED_BACKGROUND = "accepted-background";
  static final String BUDGETED = "budgeted";
  static final String BUDGET_HOP = "budget";
  static final String BUDGET = "budget-step";
  static final String PAID_FOR = "paid-for-";
  static final String PAID_FOR_SINK = "paid-for-jobs-";
  static final String GRANTS_TO_WRITE = "grants-to-write";
  static final String GRANTS_HOP = "grants";
  static final String GRANTS = "grants-read";
  static final String REFUSED = "refused";
  static final String REFUSED_SINK = "refused-dead-letters";
  static final String REFUSED_OF_RUNS_SINK = "refused-of-runs";
  static final String TOLD = "told";
  static final String TOLD_SINK = "budget-events";
  static final String CALLABLE = "callable";
  static final String REJECTED = "rejected";
  static final String REJECTED_SINK = "rejected-dead-letters";
  static final String REJECTED_OF_RUNS_SINK = "rejected-of-runs";
  static final String JOBS = "jobs";
  static final String URGENT_JOBS = "jobs-interactive";
  static final String BACKGROUND_JOBS = "jobs-background";
  static final String DUE_JOBS = "due-jobs";
  static final String FRESH_JOBS = "fresh-jobs";
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

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

/** How the running of a run ends. */
public enum Ending {
  /** Everything is settled. */
  DONE,
  /** It was paused. */
  PAUSED,
  /** It was cancelled. */
  CANCELLED,
  /** The next request could cost more than was allowed. */
  COST_REACHED,
  /** This process was asked to stop; the run can go on elsewhere. */
  STOPPED
}

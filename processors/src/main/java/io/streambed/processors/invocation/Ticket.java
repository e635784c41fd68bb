/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.limit.Reservation;

/**
 * The right to intend one attempt.
 *
 * @param claim what it was given for
 * @param reservation what the call holds of the lane's quota
 */
record Ticket(LaneGate gate, Claim claim, Reservation reservation) {

  /** No attempt was made of it. */
  void giveBack() {
    gate.takeBack(this);
  }
}

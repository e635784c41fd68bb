/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import io.streambed.connectors.aws.AwsFailure;
import java.util.List;

/**
 * What came of a request.
 *
 * @param sending of the stream it went to
 * @param parcels that were in it
 * @param sent when it was sent, as {@link System#nanoTime()}
 * @param reply what AWS said
 */
record Answer(Sending sending, List<Parcel> parcels, long sent, Reply reply) {

  /** What AWS said. */
  sealed interface Reply {
    /** The outcome of each parcel, in their order. */
    record Outcomes(List<Outcome> outcomes) implements Reply {}

    /** The whole request failed. */
    record Failure(AwsFailure why) implements Reply {}
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.replay;

import io.streambed.cli.settlement.Settlement;
import io.streambed.schemas.replay.Place;
import java.nio.ByteBuffer;
import java.util.Optional;

/** How requests were settled before a run. */
public interface Earlier {

  /** The newest result of a request. */
  Optional<Settlement> result(String tenant, String id);

  /** The newest result of any request with this fingerprint. */
  Optional<Settlement> answer(ByteBuffer fingerprint);

  /**
   * An answer with this fingerprint that the platform's store has, and no result, as it is there.
   */
  Optional<byte[]> stored(ByteBuffer fingerprint);

  /** Whether a dead letter says of the request at this place why it could not be answered. */
  boolean failed(Place place);

  /** What answers of an alias are like on average. */
  Means means(String model);

  /**
   * What answers are like on average.
   *
   * @param answers how many were seen; with 0 the others mean nothing
   * @param outputTokens tokens of an answer
   * @param modelMillis milliseconds that a call took
   */
  record Means(long answers, double outputTokens, double modelMillis) {}
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.job;

import io.streambed.schemas.state.Destination;
import io.streambed.schemas.state.Failure;
import java.util.Optional;

/**
 * A request that does not become a job.
 *
 * @param id the request's id, or its place
 * @param tenant absent where the request could not be read
 * @param model absent where the request could not be read
 * @param destination where a replayed request's dead letter goes; absent for all others
 */
public record Rejection(
    SourceRecord source,
    String id,
    Optional<String> tenant,
    Optional<String> model,
    Failure failure,
    Optional<Destination> destination) {

  @Override
  public String toString() {
    return "Rejection[" + source.place() + ", " + failure.getCode() + "]";
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import io.streambed.schemas.Priority;
import io.streambed.schemas.state.Feature;
import io.streambed.schemas.state.Job;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * What of a request decides which lanes may serve it.
 *
 * @param tenant on whose behalf
 * @param priority how urgent it is
 * @param features what the model must be able to do
 * @param bytes size of what is asked
 */
public record Needs(String tenant, Priority priority, Set<Feature> features, int bytes) {
  public Needs {
    features = Set.copyOf(features);
  }

  /** Those of a job that has its content. */
  public static Needs of(Job job) {
    return of(job, job.getContent().map(ByteBuffer::remaining).orElse(0));
  }

  /** Those of a job whose content has so many bytes. */
  public static Needs of(Job job, int bytes) {
    return new Needs(job.getTenant(), job.getPriority(), Set.copyOf(job.getFeatures()), bytes);
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.cluster;

/** A topic does not exist. Whoever runs the cluster must create it. */
public final class MissingTopicException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private MissingTopicException(String message) {
    super(message);
  }

  /** Names the topic. */
  public static MissingTopicException of(String topic) {
    return new MissingTopicException(
        "topic '%s' does not exist; `./streambed topics create` creates what is missing"
            .formatted(topic));
  }

  /** The same for one that was named by an option, and may be anybody's. */
  public static MissingTopicException of(String topic, String option) {
    return new MissingTopicException("%s: there is no topic '%s'".formatted(option, topic));
  }
}

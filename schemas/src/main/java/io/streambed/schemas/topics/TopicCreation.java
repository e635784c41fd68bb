/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.topics;

/** What became of one topic that was to be created. */
public sealed interface TopicCreation {

  String name();

  /** It was created, or would have been. */
  record Created(String name, int partitions, short replication) implements TopicCreation {}

  /** It was there and was left as it is. */
  record Existed(String name) implements TopicCreation {}
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.cluster;

/**
 * Where a request stands in Kafka.
 *
 * @param topic its topic
 * @param partition its partition
 * @param offset its offset
 * @param ownId the id that the request itself gives; empty where it gives none
 */
public record Published(String topic, int partition, long offset, String ownId) {

  /** The id by which its settlement will name it. */
  public String id() {
    return ownId.isEmpty() ? topic + "-" + partition + "-" + offset : ownId;
  }
}

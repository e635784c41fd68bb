/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.platform;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Settings of a worker that is quick to start, to commit and to notice that another is gone. */
final class WorkerProperties {

  /** Workers of one broker are one cluster. */
  private static final String GROUP = "connect";

  private WorkerProperties() {}

  /**
   * The settings.
   *
   * @param url where its REST API listens
   * @param own settings that take the place of these
   */
  static Map<String, String> of(
      String bootstrapServers, URI url, Path plugins, Map<String, String> own) {
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("group.id", GROUP);
    settings.put("listeners", url.toString());
    settings.put("plugin.path", plugins.toString());
    settings.put("plugin.discovery", "service_load");
    settings.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    settings.put("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
    settings.put("exactly.once.source.support", "enabled");
    // Streambed writes its results in transactions.
    settings.put("consumer.isolation.level", "read_committed");
    topics(settings);
    quick(settings);
    settings.putAll(own);
    return settings;
  }

  private static void topics(Map<String, String> settings) {
    for (String kind : new String[] {"config", "offset", "status"}) {
      settings.put(kind + ".storage.topic", GROUP + "-" + kind);
      settings.put(kind + ".storage.replication.factor", "1");
    }
    settings.put("offset.storage.partitions", "1");
    settings.put("status.storage.partitions", "1");
  }

  private static void quick(Map<String, String> settings) {
    settings.put("offset.flush.interval.ms", "1000");
    // Otherwise the work of a worker that is gone waits five minutes for its return.
    settings.put("scheduled.rebalance.max.delay.ms", "0");
    settings.put("session.timeout.ms", "6000");
    settings.put("heartbeat.interval.ms", "2000");
    // And the partitions of a sink's task that was killed wait 45 seconds.
    settings.put("consumer.session.timeout.ms", "6000");
    settings.put("consumer.heartbeat.interval.ms", "2000");
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.ops;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is running here.
 *
 * @param version of Streambed
 */
public record ServiceInfo(
    String version, String applicationId, String instanceId, Instant startedAt) {

  /** This build, started now. */
  public static ServiceInfo of(String applicationId, String instanceId, Instant now) {
    return new ServiceInfo(buildVersion(), applicationId, instanceId, now);
  }

  /** The version in the manifest of our jar; there is none where classes run from a folder. */
  public static String buildVersion() {
    return Optional.ofNullable(ServiceInfo.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  String json(Instant now) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", "streambed")
        .put("version", version)
        .put("java", Runtime.version().toString())
        .put("applicationId", applicationId)
        .put("instanceId", instanceId)
        .put("startedAt", startedAt.toString())
        .put("uptimeSeconds", Duration.between(startedAt, now).toSeconds())
        .toPrettyString();
  }
}

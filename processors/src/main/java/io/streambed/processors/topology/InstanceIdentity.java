/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Makes Kafka Streams' process id a function of the instance id. The process id is part of each
 * transactional id; as long as it is the same, a restarted instance fences what its own past left
 * open, even when its disk was lost, and never another's.
 */
public final class InstanceIdentity {

  /** Where Kafka Streams keeps it, since KIP-671: {@code StateDirectory.PROCESS_FILE_NAME}. */
  private static final String FILE = "kafka-streams-process-metadata";

  /** What follows the application's id in a transactional id. */
  private static final Pattern THREAD_OF_PROCESS =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-\\d+");

  private InstanceIdentity() {}

  /**
   * Writes the process id where Kafka Streams will look for it.
   *
   * @throws IOException if the state directory cannot be written
   */
  public static void write(Path stateDir, String applicationId, String instanceId)
      throws IOException {
    Path directory = Files.createDirectories(stateDir.resolve(applicationId));
    Files.writeString(directory.resolve(FILE), "{\"processId\":\"" + processId(instanceId) + "\"}");
  }

  /**
   * The transactional id of a stream thread, as {@code StreamsProducer} makes it.
   *
   * @param thread number of the thread in its instance
   */
  public static String transactionalId(String applicationId, String instanceId, String thread) {
    return applicationId + "-" + processId(instanceId) + "-" + thread;
  }

  /** Whether an id is one of a stream thread of the application. */
  public static boolean isTransactionalId(String applicationId, String id) {
    return id.startsWith(applicationId + "-")
        && THREAD_OF_PROCESS.matcher(id.substring(applicationId.length() + 1)).matches();
  }

  static UUID processId(String instanceId) {
    return UUID.nameUUIDFromBytes(("streambed:" + instanceId).getBytes(UTF_8));
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.platform;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A connector whose configuration is shipped in {@code deploy/connect}.
 *
 * @param name the file's, without its ending
 * @param config what the file holds
 */
record DeployedConnector(String name, Map<String, String> config) {

  static final Path FOLDER = Path.of("..", "deploy", "connect");

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String ENDING = ".json";

  /** All of them, in the order of their names. */
  static List<DeployedConnector> all() throws IOException {
    List<DeployedConnector> connectors = new ArrayList<>();
    for (Path file : files()) {
      String name = FOLDER.relativize(file).toString().replace(ENDING, "");
      connectors.add(
          new DeployedConnector(
              name, MAPPER.readValue(file.toFile(), new TypeReference<Map<String, String>>() {})));
    }
    return connectors;
  }

  /** The one in the file of that name. */
  static DeployedConnector named(String name) throws IOException {
    return all().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  String connectorClass() {
    return config.getOrDefault("connector.class", "");
  }

  boolean isOurs() {
    return connectorClass().startsWith("io.streambed.");
  }

  /** Topics that it reads; none if it is a source. */
  List<String> topics() {
    return config.containsKey("topics") ? parts("topics") : List.of();
  }

  /** The parts of a setting that is a list; one empty part if it is missing. */
  List<String> parts(String setting) {
    return List.of(config.getOrDefault(setting, "").split(",", -1));
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
    }
  }
}

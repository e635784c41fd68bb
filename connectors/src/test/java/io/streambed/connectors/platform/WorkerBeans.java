/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jolokia.jvmagent.JvmAgent;

/**
 * What a worker tells by JMX, read from outside of its process by HTTP, through an agent that is
 * loaded into it. JMX's own way, RMI, depends on how a machine names itself. Threads: any.
 */
public final class WorkerBeans {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Names in the order of their keys that Kafka gives them, which the README has, too. */
  private static final String OPTIONS =
      "host=127.0.0.1,port=0,discoveryEnabled=false,canonicalNaming=false";

  private final URI agent;

  private WorkerBeans(URI agent) {
    this.agent = agent;
  }

  /** Loads the agent into the JVM of a process; it listens on this machine only. */
  static WorkerBeans of(long pid) throws IOException {
    try {
      Path jar =
          Path.of(JvmAgent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        machine.loadAgent(jar.toString(), OPTIONS);
        // It starts in a thread of its own.
        String address =
            await()
                .until(
                    () -> machine.getSystemProperties().getProperty(JvmAgent.JOLOKIA_AGENT_URL),
                    Objects::nonNull);
        return new WorkerBeans(URI.create(address));
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException
        | AgentLoadException
        | AgentInitializationException
        | URISyntaxException e) {
      throw new IOException(e);
    }
  }

  /**
   * Beans of plugins of a connector, by their full names.
   *
   * @return attributes with their values
   */
  public Map<String, Map<String, Object>> plugins(String connectorName)
      throws IOException, InterruptedException {
    JsonNode found = ask("read", "kafka.connect:type=plugins,connector=" + connectorName + ",*");
    return MAPPER.convertValue(found, new TypeReference<TreeMap<String, Map<String, Object>>>() {});
  }

  /** The same beans' attributes with what is said of them. */
  public Map<String, String> descriptions(String connectorName)
      throws IOException, InterruptedException {
    Map<String, String> descriptions = new HashMap<>();
    for (String bean : plugins(connectorName).keySet()) {
      ask("list", bean.replaceFirst(":", "/"))
          .path("attr")
          .properties()
          .forEach(attribute ->
              descriptions.put(attribute.getKey(), attribute.getValue().path("desc").asText()));
    }
    return descriptions;
  }

  /** An empty object where no bean has the name. */
  private JsonNode ask(String operation, String where) throws IOException, InterruptedException {
    String name = "list".equals(operation) ? "path" : "mbean";
    HttpRequest request =
        HttpRequest.newBuilder(agent)
            .POST(
                BodyPublishers.ofByteArray(
                    MAPPER.writeValueAsBytes(Map.of("type", operation, name, where))))
            .build();
    JsonNode reply = MAPPER.readTree(HTTP.send(request, BodyHandlers.ofByteArray()).body());
    if (reply.path("error_type").asText().endsWith("InstanceNotFoundException")) {
      return MAPPER.createObjectNode();
    }
    assertThat(reply.path("status").asInt()).as(() -> "status of " + reply).isEqualTo(200);
    return reply.path("value");
  }
}

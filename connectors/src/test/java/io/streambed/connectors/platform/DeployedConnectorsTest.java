/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.streambed.connectors.request.ToRequest;
import io.streambed.schemas.topics.TopicCatalogue;
import io.streambed.schemas.topics.TopicSpec;
import io.streambed.schemas.topics.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

/** What is shipped in {@code deploy/connect}, as far as it can be checked without a worker. */
class DeployedConnectorsTest {

  private static final Pattern SECRET = Pattern.compile(".*(password|secret|\\.authorization)");
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{file:/run/secrets/[a-z.]+:[a-z-]+}");

  @Test
  void everyTopicThatIsReadIsOneOfStreambeds() throws IOException {
    // Given
    List<String> known =
        TopicCatalogue.of(Topics.defaults()).stream().map(TopicSpec::name).toList();

    // When
    List<DeployedConnector> connectors = DeployedConnector.all();

    // Then
    assertThat(connectors)
        .hasSizeGreaterThanOrEqualTo(8)
        .allSatisfy(connector -> assertThat(connector.topics()).isSubsetOf(known));
  }

  @Test
  void secretsAreReferredToAndNotWritten() throws IOException {
    // When
    List<DeployedConnector> connectors = DeployedConnector.all();

    // Then
    assertThat(connectors)
        .allSatisfy(connector ->
            connector
                .config()
                .forEach((setting, value) -> {
                  if (SECRET.matcher(setting).matches()) {
                    assertThat(value).as(setting).matches(REFERENCE);
                  }
                }));
  }

  /**
   * Otherwise it would send every record of a sink to its errors topic, and stop a source's task.
   */
  @Test
  void recordsWaitForARegistryThatIsDown() throws IOException {
    // When
    List<DeployedConnector> connectors = DeployedConnector.all();

    // Then
    assertThat(connectors)
        .allSatisfy(connector ->
            assertThat(connector.config())
                .as(connector.name())
                .containsEntry("errors.retry.timeout", "-1"));
  }

  @Test
  void theTransformTakesWhatTheSourceGivesIt() throws IOException {
    // Given
    String prefix = "transforms.toRequest.";
    Map<String, String> settings = new HashMap<>();
    for (DeployedConnector connector : DeployedConnector.all()) {
      connector
          .config()
          .forEach((setting, value) -> {
            if (setting.startsWith(prefix)) {
              settings.put(setting.substring(prefix.length()), value);
            }
          });
    }

    // Then
    try (ToRequest<SourceRecord> transform = new ToRequest<>()) {
      assertThat(settings).containsEntry("type", ToRequest.class.getName());
      assertThatCode(() -> transform.configure(settings)).doesNotThrowAnyException();
    }
  }

  @Test
  void thePageNamesEveryFileAndTheClassItNeeds() throws IOException {
    // Given
    String page = Files.readString(DeployedConnector.FOLDER.resolve("README.md"));

    // When
    List<DeployedConnector> connectors = DeployedConnector.all();

    // Then
    assertThat(connectors)
        .allSatisfy(connector ->
            assertThat(page)
                .contains(
                    "`" + connector.name() + ".json`", "`" + connector.connectorClass() + "`"));
  }

  @Test
  void theWorkerReadsWhatIsCommittedOnlyAndWritesExactlyOnce() throws IOException {
    // When
    Properties worker = new Properties();
    try (InputStream in =
        Files.newInputStream(DeployedConnector.FOLDER.resolve("connect-distributed.properties"))) {
      worker.load(in);
    }

    // Then
    assertThat(worker)
        .containsEntry("consumer.isolation.level", "read_committed")
        .containsEntry("exactly.once.source.support", "enabled");
  }
}

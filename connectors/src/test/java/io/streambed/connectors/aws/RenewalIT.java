/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streambed.connectors.platform.KinesisEmulator;
import io.streambed.connectors.platform.ScriptedSts;
import io.streambed.connectors.platform.SignedRequests;
import io.streambed.connectors.platform.SignedRequests.Signed;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The clients that both connectors use, for longer than credentials last. */
@EnabledIf(
    value = "io.streambed.connectors.platform.KinesisEmulator#available",
    disabledReason = KinesisEmulator.WHY_NOT)
class RenewalIT {

  private static final String STREAM = "orders";

  @Test
  void credentialsOfARoleAreReplacedBeforeTheirTimeIsOver() throws Exception {
    try (KinesisEmulator kinesis = KinesisEmulator.start();
        SignedRequests requests = SignedRequests.before(kinesis);
        ScriptedSts sts = ScriptedSts.giving(Duration.ofSeconds(90), Duration.ofHours(1));
        KinesisClients clients = KinesisClients.open(config(kinesis, requests, sts), false)) {
      // Given
      kinesis.createStream(STREAM, 1);
      ask(clients);
      assertThat(requests.keys()).containsExactly(ScriptedSts.key(0));

      // When
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(200))
          .until(() -> {
            ask(clients);
            return requests.keys().contains(ScriptedSts.key(1));
          });
      ask(clients);

      // Then
      Signed last = requests.seen().getLast();
      assertThat(last.key()).isEqualTo(ScriptedSts.key(1));
      assertThat(last.token()).isEqualTo(ScriptedSts.token(ScriptedSts.key(1)));
      assertThat(last.at()).isBefore(sts.ends().get(ScriptedSts.key(0)));
      assertThat(sts.asked()).as("asked no more than needed").hasSize(2);
    }
  }

  private static void ask(KinesisClients clients) throws Exception {
    clients.kinesis().describeStreamSummary(request -> request.streamName(STREAM)).get();
  }

  private static AwsConfig config(
      KinesisEmulator kinesis, SignedRequests requests, ScriptedSts sts) {
    Map<String, String> settings = new HashMap<>(kinesis.settings());
    settings.put(AwsConfig.ENDPOINT, requests.url());
    settings.put(AwsConfig.ROLE, "arn:aws:iam::123456789012:role/reader");
    settings.put(AwsConfig.STS_ENDPOINT, sts.url());
    return AwsConfig.of(new AbstractConfig(AwsSettings.define(new ConfigDef()), settings));
  }
}

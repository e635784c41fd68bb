/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.streambed.local.bedrock.fault.Fault;
import io.streambed.local.bedrock.fault.FaultEffect;
import io.streambed.local.bedrock.wire.ErrorType;
import io.streambed.schemas.DeadLetter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Promise 7: no payload in a log line, an exception's message, a metric or a thread's name. */
class PrivacyIT {

  private static final String CANARY = "canary-7f3e-yellow";

  /** Keeps every line that is logged, as text with its values and its exceptions. */
  private static final class Everything extends AppenderBase<ILoggingEvent> {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    @Override
    protected void append(ILoggingEvent event) {
      String cause =
          event.getThrowableProxy() == null
              ? ""
              : ThrowableProxyUtil.asString(event.getThrowableProxy());
      lines.add(
          event.getThreadName()
              + " "
              + event.getFormattedMessage()
              + " "
              + event.getKeyValuePairs()
              + " "
              + cause);
    }
  }

  @Test
  void aPromptAppearsNowhereButWhereItBelongs() throws Exception {
    // Given: everything of ours and of the SDK's is logged down to the finest level but its wire
    Everything everything = new Everything();
    Logger root = (Logger) LoggerFactory.getLogger("ROOT");
    everything.setContext(root.getLoggerContext());
    everything.start();
    root.addAppender(everything);
    level("io.streambed", Level.TRACE);
    level("org.apache.kafka", Level.WARN);
    level("software.amazon.awssdk", Level.INFO);

    try (TestPlatform platform = TestPlatform.start(Map.of())) {
      platform
          .local()
          .bedrock()
          .faults()
          .add(
              Fault.of(new FaultEffect.Error(ErrorType.VALIDATION, "I refuse " + CANARY))
                  .bodyContaining("refuse"));
      platform
          .local()
          .bedrock()
          .faults()
          .add(Fault.of(new FaultEffect.MalformedBody()).bodyContaining("garble"));
      platform
          .local()
          .bedrock()
          .faults()
          .add(Fault.of(new FaultEffect.CutConnection()).bodyContaining("cut"));

      // When
      platform.publish(Requests.prompt("ok", "Say " + CANARY));
      platform.publish(Requests.prompt("refused", "refuse " + CANARY));
      platform.publish(Requests.prompt("garbled", "garble " + CANARY));
      platform.publish(Requests.prompt("cut", "cut " + CANARY));
      platform.publish(Requests.prompt("unknown", "no-model", CANARY));
      platform.publish(
          Requests.builder("bad-json", CANARY)
              .setAdditionalModelFields("{ this is not JSON " + CANARY)
              .build());
      platform.publish(Requests.text("text", "titan", CANARY));
      platform.publish("prompt-requests", "broken", ("\0\0\0\0\1" + CANARY).getBytes(UTF_8));
      platform.publish(
          new ProducerRecord<>(
              "prompt-requests", null, null, ("not avro " + CANARY).getBytes(UTF_8)));
      TestPlatform.Seen seen = platform.await(9, Duration.ofSeconds(60));

      // Then
      assertThat(seen.deadLetters).isNotEmpty();
      assertThat(seen.deadLetters.stream().map(DeadLetter::getMessage).toList())
          .noneMatch(message -> message.contains(CANARY));
      assertThat(everything.lines).isNotEmpty();
      assertThat(everything.lines).noneMatch(line -> line.contains(CANARY));
      assertThat(platform.meterNames()).noneMatch(name -> name.contains(CANARY));
      assertThat(Thread.getAllStackTraces().keySet())
          .noneMatch(thread -> thread.getName().contains(CANARY));
    } finally {
      root.detachAppender(everything);
      ((Logger) LoggerFactory.getLogger("io.streambed")).setLevel(Level.INFO);
      ((Logger) LoggerFactory.getLogger("org.apache.kafka")).setLevel(null);
    }
  }

  private static void level(String logger, Level level) {
    ((Logger) LoggerFactory.getLogger(logger)).setLevel(level);
  }

  /** Name and tags of a meter in one line. */
  static String text(Meter.Id id) {
    List<String> tags = id.getTags().stream().map(PrivacyIT::text).toList();
    return id.getName() + tags;
  }

  private static String text(Tag tag) {
    return tag.getKey() + "=" + tag.getValue();
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Objects;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LoggingTest {

  private static final String CANARY = "canary-51d0";

  @Test
  void peopleReadALineWithTheKeysBehindTheMessage() throws JoranException {
    // When
    String line = written("text", new IllegalStateException(CANARY));

    // Then
    assertThat(line.lines().findFirst().orElseThrow())
        .endsWith("INFO  Part did something job=\"j1\" attempts=\"2\"");
  }

  @Test
  void machinesReadAnObjectALine() throws Exception {
    // When
    String line = written("json", new IllegalStateException(CANARY));

    // Then
    JsonNode told = new ObjectMapper().readTree(line);
    assertThat(line.strip().lines()).hasSize(1);
    assertThat(told.get("level").asText()).isEqualTo("INFO");
    assertThat(told.get("message").asText()).isEqualTo("did something");
    assertThat(told.get("job").asText()).isEqualTo("j1");
    assertThat(told.get("stack_trace").asText())
        .startsWith("java.lang.IllegalStateException\n    at io.streambed.cli.log.LoggingTest");
  }

  @Test
  void messagesThatCanHoldAPromptAreLeftOutOfBoth() throws JoranException {
    // Given
    Exception failure =
        new IllegalStateException(
            "stacktrace=" + CANARY, new AvroRuntimeException("not a field: " + CANARY));

    // When
    String both = written("text", failure) + written("json", failure);

    // Then
    assertThat(both)
        .doesNotContain(CANARY)
        .contains("caused by org.apache.avro.AvroRuntimeException");
  }

  @Test
  void messagesOfKafkasProtocolAreKept() throws JoranException {
    assertThat(written("text", new TopicAuthorizationException("not allowed")))
        .contains("TopicAuthorizationException: not allowed");
  }

  @Test
  void ofLibrariesOnlyWhatIsWrongIsLogged() throws JoranException {
    // When
    LoggerContext context = context("text");

    // Then
    assertThat(context.getLogger("io.streambed.processors").getEffectiveLevel())
        .isEqualTo(Level.INFO);
    assertThat(context.getLogger("org.apache.kafka.streams").getEffectiveLevel())
        .isEqualTo(Level.WARN);
    assertThat(context.getLogger("io.helidon.webserver").getEffectiveLevel())
        .isEqualTo(Level.ERROR);
  }

  private static String written(String format, Exception failure) throws JoranException {
    LoggerContext context = context(format);
    Logger logger = context.getLogger("io.streambed.processors.Part");
    LoggingEvent event =
        new LoggingEvent("fqcn", logger, Level.INFO, "did something", failure, new Object[0]);
    event.setKeyValuePairs(List.of(new KeyValuePair("job", "j1"), new KeyValuePair("attempts", 2)));
    var appender =
        (OutputStreamAppender<ILoggingEvent>)
            Objects.requireNonNull(
                context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender("STDERR"));
    return new String(appender.getEncoder().encode(event), UTF_8);
  }

  private static LoggerContext context(String format) throws JoranException {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.putProperty("STREAMBED_LOG", format);
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(Objects.requireNonNull(LoggingTest.class.getResource("/logback.xml")));
    return context;
  }
}

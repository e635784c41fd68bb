/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import io.micrometer.core.instrument.MeterRegistry;
import io.streambed.processors.admission.Admission;
import io.streambed.processors.admission.AdmissionLimits;
import io.streambed.processors.admission.AdmissionMetrics;
import io.streambed.processors.admission.AdmissionStep;
import io.streambed.processors.admission.Destinations;
import io.streambed.processors.admission.Intake;
import io.streambed.processors.admission.RegistrySchemas;
import io.streambed.processors.admission.RequestTimestamp;
import io.streambed.processors.admission.Reservations;
import io.streambed.processors.admission.WaitingConfig;
import io.streambed.processors.commit.AfterCommit;
import io.streambed.processors.commit.CommitPace;
import io.streambed.processors.config.StreambedConfig;
import io.streambed.processors.invocation.Calls;
import io.streambed.processors.invocation.InvocationParts;
import io.streambed.processors.invocation.Load;
import io.streambed.processors.invocation.Tenants;
import io.streambed.processors.job.Cancellations;
import io.streambed.processors.job.OutputTopics;
import io.streambed.processors.job.PausedPartitions;
import io.streambed.processors.job.Payload;
import io.streambed.processors.job.StateCodec;
import io.streambed.processors.model.CostBound;
import io.streambed.processors.model.PriceTable;
import io.streambed.processors.model.PriceTableException;
import io.streambed.processors.settlement.SettlementParts;
import io.streambed.processors.topology.Steps;
import io.streambed.processors.topology.StreamsSettings;
import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.released.ReleasedSchemas;
import io.streambed.schemas.serdes.AvroEncoder;
import io.streambed.schemas.state.Job;
import io.streambed.schemas.state.Unread;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.avro.Schema;

/**
 * Puts the steps together from the settings.
 *
 * @param outputs topics that replayed requests name
 * @param limits by topic, the largest record that it takes
 */
record Assembly(
    StreambedConfig config,
    SchemaRegistryClient registry,
    AvroEncoder encoder,
    Map<String, Integer> limits,
    OutputTopics outputs,
    MeterRegistry meters,
    Clock clock) {

  /** What a job's record in a topic between steps takes besides the job. */
  private static final int INTERNAL_FRAMING = 64 << 10;

  Steps steps(
      Calls calls,
      Load load,
      Cancellations cancellations,
      AfterCommit afterCommit,
      PausedPartitions paused) {
    Payload payload = new Payload(requestSchemas());
    PriceTable prices = prices(config);
    CommitPace.Settings commits =
        new CommitPace.Settings(afterCommit, config.invocation().commitGap(), calls::isAhead);
    return new Steps(
        config.kafka().applicationId(),
        config.topics(),
        config.admission().fingerprintHop(),
        config.kafka().jobsPartitions(),
        new RequestTimestamp(clock),
        admission(payload, prices, paused, commits),
        config.budgets(),
        new InvocationParts(
            config.invocation(),
            config.answers(),
            config.models(),
            new Tenants(config.tenants()),
            prices,
            config.budgets().isOn(),
            payload,
            calls,
            load,
            cancellations,
            commits,
            paused,
            () -> UUID.randomUUID().toString(),
            () -> ThreadLocalRandom.current().nextDouble()),
        new SettlementParts(
            config.topics(),
            encoder,
            sendable(),
            outputs,
            config.budgets().isOn(),
            StreamsSettings.MAX_INTERNAL_RECORD_BYTES - INTERNAL_FRAMING,
            config.answers(),
            commits,
            meters));
  }

  /** What topics take, and no more than our producer sends. */
  private Map<String, Integer> sendable() {
    Map<String, Integer> sendable = new HashMap<>(limits);
    sendable.replaceAll(
        (topic, limit) -> Math.min(limit, StreamsSettings.MAX_INTERNAL_RECORD_BYTES));
    return sendable;
  }

  /** Decides on requests as the platform does. */
  static Intake intake(
      StreambedConfig config,
      Map<String, Integer> limits,
      Payload payload,
      PriceTable prices,
      OutputTopics outputs) {
    int jobsTopicLimit =
        Math.min(
            StreamsSettings.MAX_INTERNAL_RECORD_BYTES,
            limits.getOrDefault(
                config.topics().jobsHeld(), StreamsSettings.MAX_INTERNAL_RECORD_BYTES));
    Admission admission =
        new Admission(
            config.admission(),
            AdmissionLimits.forJobsOf(jobsTopicLimit - INTERNAL_FRAMING),
            config.models(),
            payload,
            new Reservations(config.budgets()::isBudgeted, new CostBound(prices)),
            new StateCodec<>(Job.class, ReleasedSchemas.of(Job.class)));
    return new Intake(
        admission,
        config.topics(),
        new Destinations(config.topics(), config.admission().replayOutputPrefix(), outputs));
  }

  private AdmissionStep.Parts admission(
      Payload payload, PriceTable prices, PausedPartitions paused, CommitPace.Settings commits) {
    return new AdmissionStep.Parts(
        WaitingConfig.defaults(),
        intake(config, limits, payload, prices, outputs),
        new RegistrySchemas(registry),
        new StateCodec<>(Unread.class, ReleasedSchemas.of(Unread.class)),
        paused,
        new AdmissionMetrics(meters),
        commits,
        clock,
        new Random());
  }

  /** The prices that count. */
  static PriceTable prices(StreambedConfig config) {
    String file = config.prices().file().map(Path::toString).orElse("");
    try {
      return PriceTable.of(config.prices());
    } catch (IOException e) {
      throw StartupException.because(
          "the price file " + file + " cannot be read; check prices.file");
    } catch (PriceTableException e) {
      throw StartupException.because(file + ": " + e.getMessage());
    }
  }

  /** Schemas in which earlier versions stored jobs. */
  static List<Schema> requestSchemas() {
    List<Schema> schemas = new ArrayList<>();
    ReleasedSchemas.of(PromptRequest.class).forEach(schemas::add);
    ReleasedSchemas.of(EmbeddingRequest.class).forEach(schemas::add);
    return schemas;
  }
}

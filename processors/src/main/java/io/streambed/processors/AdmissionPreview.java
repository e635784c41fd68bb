/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import io.streambed.processors.admission.Decision;
import io.streambed.processors.admission.Intake;
import io.streambed.processors.admission.RegistrySchemas;
import io.streambed.processors.config.StreambedConfig;
import io.streambed.processors.job.OutputTopics;
import io.streambed.processors.job.Payload;
import io.streambed.processors.job.SourceRecord;
import io.streambed.processors.model.CostBound;
import io.streambed.processors.model.ModelAlias;
import io.streambed.processors.model.PriceTable;
import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.state.Failure;
import io.streambed.schemas.state.Job;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the platform would say of a request that is not published yet, by the same code. It sees
 * neither what is known nor what is in flight. Blocks while the registry is asked for a schema.
 */
public final class AdmissionPreview {

  private final Map<String, ModelAlias> models;
  private final CostBound bound;
  private final Intake intake;
  private final RegistrySchemas schemas;

  /** What the platform would say. */
  public sealed interface Preview {

    /**
     * It would become a job.
     *
     * @param model alias of its model
     * @param fingerprint of everything that decides the answer: equal ones share a call
     * @param mostPicoDollars the most that its call can cost; empty where that is not known
     */
    record Admitted(String model, String fingerprint, OptionalLong mostPicoDollars)
        implements Preview {}

    /** It would become a dead letter at once. */
    record Refused(Failure failure) implements Preview {}

    /** The registry does not say. */
    record Unknown() implements Preview {}
  }

  /**
   * A preview by some settings.
   *
   * @param registry closed by whoever made it
   * @throws StartupException if a file of prices cannot be read
   */
  public AdmissionPreview(StreambedConfig config, SchemaRegistryClient registry) {
    PriceTable prices = Assembly.prices(config);
    this.models = config.models();
    this.bound = new CostBound(prices);
    Payload payload = new Payload(Assembly.requestSchemas());
    this.intake = Assembly.intake(config, Map.of(), payload, prices, OutputTopics.NONE);
    this.schemas = new RegistrySchemas(registry);
  }

  /**
   * Looks at a request.
   *
   * @param source as it would be read from a topic of requests
   * @param now the wall clock
   */
  public Preview look(SourceRecord source, Instant now) {
    Optional<Decision> decision = intake.decide(source, id -> schemas.fetch(id).join(), now);
    if (decision.isEmpty()) {
      return new Preview.Unknown();
    }
    return switch (decision.get()) {
      case Decision.Accepted accepted -> admitted(accepted.job(), now);
      case Decision.Rejected rejected -> new Preview.Refused(rejected.rejection().failure());
    };
  }

  private Preview admitted(Job job, Instant now) {
    ModelAlias alias = models.get(job.getModel());
    int bytes = job.getContent().map(ByteBuffer::remaining).orElse(0);
    byte[] fingerprint = new byte[job.getFingerprint().remaining()];
    job.getFingerprint().duplicate().get(fingerprint);
    return new Preview.Admitted(
        job.getModel(),
        HexFormat.of().formatHex(fingerprint),
        alias == null ? OptionalLong.empty() : bound.of(alias, bytes, job.getMaxTokens(), now));
  }
}

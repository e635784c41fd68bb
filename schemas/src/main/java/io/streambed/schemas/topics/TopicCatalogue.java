/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.topics;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_COMPACT;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_DELETE;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_MS_CONFIG;

import io.streambed.schemas.BudgetEvent;
import io.streambed.schemas.Control;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.EmbeddingResult;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.PromptResult;
import io.streambed.schemas.Redrive;
import io.streambed.schemas.ReplayRun;
import io.streambed.schemas.UsageEvent;
import io.streambed.schemas.state.Job;
import io.streambed.schemas.state.MovedCalls;
import io.streambed.schemas.topics.TopicSpec.ValueEncoding;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** The topics that must exist before Streambed starts. */
public final class TopicCatalogue {

  /** Largest record batch of a topic, unless the operator chose another: 8 MiB. */
  public static final int MAX_MESSAGE_BYTES = 8 * 1024 * 1024;

  /** What a dead letter or a held job adds to the request inside it, amply: 256 KiB. */
  public static final int ENVELOPE_BYTES = 256 * 1024;

  private static final Duration WEEK = Duration.ofDays(7);

  /** What is said of a call that has moved is of use for minutes. */
  private static final Duration HOUR = Duration.ofHours(1);

  /** Dead letters wait for people. */
  private static final Duration MONTH = Duration.ofDays(30);

  /** Usage is billed by the month and looked at afterwards. */
  private static final Duration QUARTER = Duration.ofDays(90);

  private TopicCatalogue() {}

  /** Every topic, in the order of the flow. */
  public static List<TopicSpec> of(Topics names) {
    String asked = "the request's key, or its id where it has none";
    return List.of(
        shared(
            names.promptRequests(),
            "anything",
            "prompts to answer",
            PromptRequest.getClassSchema(),
            kept(WEEK, MAX_MESSAGE_BYTES)),
        shared(
            names.embeddingRequests(),
            "anything",
            "texts to embed",
            EmbeddingRequest.getClassSchema(),
            kept(WEEK, MAX_MESSAGE_BYTES)),
        new TopicSpec(
            names.jobsHeld(),
            "job",
            "jobs of a lane that is stopped or full",
            Job.getClassSchema(),
            ValueEncoding.INTERNAL,
            held()),
        shared(
            names.promptResults(),
            asked,
            "one answer a prompt",
            PromptResult.getClassSchema(),
            kept(WEEK, MAX_MESSAGE_BYTES)),
        shared(
            names.embeddingResults(),
            asked,
            "one vector a text",
            EmbeddingResult.getClassSchema(),
            kept(WEEK, MAX_MESSAGE_BYTES)),
        shared(
            names.deadLetters(),
            asked,
            "what could not be answered, why, and the original record",
            DeadLetter.getClassSchema(),
            kept(MONTH, MAX_MESSAGE_BYTES + ENVELOPE_BYTES)),
        shared(
            names.redrives(),
            "the place of the dead letter's request",
            "what was done with dead letters",
            Redrive.getClassSchema(),
            // Longer than dead letters: what is forgotten here would be redriven again.
            kept(QUARTER, MAX_MESSAGE_BYTES)),
        shared(
            names.usageEvents(),
            "tenant",
            "tokens and money of every model call",
            UsageEvent.getClassSchema(),
            kept(QUARTER, MAX_MESSAGE_BYTES)),
        shared(
            names.control(),
            "tenant and id of what it is about",
            "orders to the running platform",
            Control.getClassSchema(),
            // As long as a request can wait to be read.
            kept(WEEK, MAX_MESSAGE_BYTES)),
        shared(
            names.budgetEvents(),
            "tenant",
            "what has become of tenants' budgets",
            BudgetEvent.getClassSchema(),
            kept(QUARTER, MAX_MESSAGE_BYTES)),
        new TopicSpec(
            names.movedCalls(),
            "the instance that says it",
            "calls whose tasks have moved to other instances, and their answers",
            MovedCalls.getClassSchema(),
            ValueEncoding.INTERNAL,
            moved()),
        shared(
            names.replayRequests(),
            "the recorded request's",
            "recorded prompts and texts that a run asks again",
            PromptRequest.getClassSchema(),
            kept(WEEK, MAX_MESSAGE_BYTES)),
        shared(
            names.replayRuns(),
            "run and kind",
            "what runs are to do, and how far they have come",
            ReplayRun.getClassSchema(),
            Map.of(
                CLEANUP_POLICY_CONFIG,
                CLEANUP_POLICY_COMPACT,
                MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(MAX_MESSAGE_BYTES))));
  }

  /** Answers that are kept in the results' topics anyway: whole segments go, so short ones. */
  private static Map<String, String> moved() {
    Map<String, String> settings = new HashMap<>(kept(HOUR, MAX_MESSAGE_BYTES));
    settings.put(SEGMENT_MS_CONFIG, Long.toString(HOUR.toMillis()));
    return settings;
  }

  private static TopicSpec shared(
      String name, String key, String holds, Schema value, Map<String, String> settings) {
    return new TopicSpec(name, key, holds, value, ValueEncoding.REGISTRY, settings);
  }

  private static Map<String, String> kept(Duration retention, int maxMessageBytes) {
    return Map.of(
        CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_DELETE,
        RETENTION_MS_CONFIG, Long.toString(retention.toMillis()),
        MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maxMessageBytes));
  }

  /** A held job must never expire: it is a request that is not settled. */
  private static Map<String, String> held() {
    return Map.of(
        CLEANUP_POLICY_CONFIG,
        CLEANUP_POLICY_COMPACT,
        RETENTION_MS_CONFIG,
        "-1",
        MAX_MESSAGE_BYTES_CONFIG,
        Integer.toString(MAX_MESSAGE_BYTES + ENVELOPE_BYTES));
  }
}

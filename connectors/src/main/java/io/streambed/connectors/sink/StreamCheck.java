/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import io.streambed.connectors.aws.AwsConfig;
import io.streambed.connectors.aws.AwsFailure;
import io.streambed.connectors.aws.AwsRequests;
import io.streambed.connectors.aws.KinesisClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.connect.sink.SinkConnector;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryResponse;

/** Asks AWS whether the streams are there, for the validation of settings. Any thread; waits. */
final class StreamCheck {

  private static final int TRIES = 2;

  /** The worker's REST interface gives a validation 90 seconds in all. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private StreamCheck() {}

  /**
   * Something that is wrong.
   *
   * @param setting that a user would change
   * @param text what is wrong and what helps
   */
  record Problem(String setting, String text) {}

  /**
   * What is wrong with the streams; no more after a failure that is not the stream's.
   *
   * @param given all settings of the connector, the worker's own among them
   * @throws io.streambed.connectors.aws.AwsRefusedException if no region is known
   */
  static List<Problem> problems(KinesisSinkConfig config, Map<String, String> given) {
    List<Problem> problems = new ArrayList<>();
    try (KinesisClients clients = KinesisClients.open(config.aws(), false);
        AwsRequests requests = new AwsRequests(TRIES, PATIENCE)) {
      for (String stream : streams(config.stream(), given)) {
        AwsRequests.Outcome<DescribeStreamSummaryResponse> outcome =
            requests.outcome(() -> describe(clients.kinesis(), stream));
        if (outcome instanceof AwsRequests.Outcome.Failed<DescribeStreamSummaryResponse>(var why)) {
          problems.add(problem(why, stream, config.aws()));
          if (!(why instanceof AwsFailure.NotFound)) {
            break;
          }
        }
      }
    }
    return problems;
  }

  private static CompletableFuture<DescribeStreamSummaryResponse> describe(
      KinesisAsyncClient kinesis, String stream) {
    DescribeStreamSummaryRequest.Builder request = DescribeStreamSummaryRequest.builder();
    return kinesis.describeStreamSummary(
        (StreamTemplate.isArn(stream) ? request.streamARN(stream) : request.streamName(stream))
            .build());
  }

  /**
   * Streams that will be written to, as far as the settings tell: transformations can give records
   * another topic, and a pattern of topics can match any.
   */
  static List<String> streams(StreamTemplate template, Map<String, String> given) {
    if (template.isLiteral()) {
      return List.of(template.text());
    }
    String topics = given.get(SinkConnector.TOPICS_CONFIG);
    if (topics == null || given.get("transforms") != null) {
      return List.of();
    }
    return Arrays.stream(topics.split(",", -1))
        .map(String::trim)
        .filter(topic -> !topic.isEmpty())
        .map(template::of)
        .distinct()
        .toList();
  }

  /** Puts a failure beside the setting that has most to do with it. */
  static Problem problem(AwsFailure why, String stream, AwsConfig aws) {
    return new Problem(
        aws.settingOf(why, SinkSettings.STREAM),
        String.valueOf(why.toException("looking at stream " + stream).getMessage()));
  }
}

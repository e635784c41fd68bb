/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import io.streambed.connectors.aws.AwsFailure;
import io.streambed.connectors.aws.AwsRequests;
import io.streambed.connectors.aws.AwsRequests.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.Consumer;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamConsumerRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryResponse;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.ListStreamsRequest;
import software.amazon.awssdk.services.kinesis.model.ListStreamsResponse;
import software.amazon.awssdk.services.kinesis.model.RegisterStreamConsumerRequest;

/** Looks up streams, shards and consumers, and waits for the answers. */
final class Catalogue {

  private static final Duration CONSUMER_POLL = Duration.ofSeconds(1);
  private static final int CONSUMER_POLLS = 60;

  private final KinesisAsyncClient client;
  private final AwsRequests requests;

  Catalogue(KinesisAsyncClient client, AwsRequests requests) {
    this.client = client;
    this.requests = requests;
  }

  /**
   * Streams of the account and region whose whole name matches.
   *
   * @throws io.streambed.connectors.aws.AwsRefusedException if they cannot be listed
   */
  Set<StreamName> streams(Pattern pattern) {
    Set<StreamName> found = new TreeSet<>();
    String token = null;
    do {
      ListStreamsRequest page = ListStreamsRequest.builder().nextToken(token).build();
      ListStreamsResponse answer = requests.ask("listing streams", () -> client.listStreams(page));
      answer.streamNames().stream()
          .filter(name -> pattern.matcher(name).matches())
          .map(StreamName::new)
          .forEach(found::add);
      token = answer.nextToken();
    } while (token != null);
    return found;
  }

  /** All shards of a stream that still hold records or may get some; or why it does not say. */
  Outcome<List<ShardInfo>> shards(StreamName stream) {
    List<ShardInfo> found = new ArrayList<>();
    String token = null;
    do {
      ListShardsRequest page = shardsPage(stream, token);
      switch (requests.outcome(() -> client.listShards(page))) {
        case Outcome.Failed<ListShardsResponse>(AwsFailure why) -> {
          return new Outcome.Failed<>(why);
        }
        case Outcome.Answered<ListShardsResponse>(ListShardsResponse answer) -> {
          answer.shards().forEach(shard -> found.add(ShardInfo.of(stream, shard)));
          token = answer.nextToken();
        }
      }
    } while (token != null);
    return new Outcome.Answered<>(found);
  }

  private static ListShardsRequest shardsPage(StreamName stream, @Nullable String token) {
    ListShardsRequest.Builder page = ListShardsRequest.builder();
    if (token != null) {
      // Kinesis refuses a token and a name together.
      return page.nextToken(token).build();
    }
    return stream.isArn()
        ? page.streamARN(stream.given()).build()
        : page.streamName(stream.given()).build();
  }

  /** Why a stream cannot be used; nothing if it can. */
  Optional<AwsFailure> problem(StreamName stream) {
    return switch (requests.outcome(() -> client.describeStreamSummary(summary(stream)))) {
      case Outcome.Answered<DescribeStreamSummaryResponse> there -> Optional.empty();
      case Outcome.Failed<DescribeStreamSummaryResponse> failed -> Optional.of(failed.why());
    };
  }

  /** Why the names of streams cannot be looked up; nothing if they can. */
  Optional<AwsFailure> problemOfNames() {
    return switch (requests.outcome(client::listStreams)) {
      case Outcome.Answered<ListStreamsResponse> there -> Optional.empty();
      case Outcome.Failed<ListStreamsResponse> failed -> Optional.of(failed.why());
    };
  }

  private static DescribeStreamSummaryRequest summary(StreamName stream) {
    DescribeStreamSummaryRequest.Builder request = DescribeStreamSummaryRequest.builder();
    return stream.isArn()
        ? request.streamARN(stream.given()).build()
        : request.streamName(stream.given()).build();
  }

  /**
   * ARN of a fan-out consumer of the stream, which is registered if it is not yet.
   *
   * @throws io.streambed.connectors.aws.AwsRefusedException if it cannot be had
   */
  String consumer(StreamName stream, String name) {
    String asked = "registering consumer " + name + " of stream " + stream;
    String streamArn =
        stream.isArn()
            ? stream.given()
            : requests
                .ask(asked, () -> client.describeStreamSummary(summary(stream)))
                .streamDescriptionSummary()
                .streamARN();
    DescribeStreamConsumerRequest question =
        DescribeStreamConsumerRequest.builder().streamARN(streamArn).consumerName(name).build();
    if (requests.outcome(() -> client.describeStreamConsumer(question))
        instanceof Outcome.Failed<?> failed) {
      if (!(failed.why() instanceof AwsFailure.NotFound)) {
        throw failed.why().toException(asked);
      }
      RegisterStreamConsumerRequest wish =
          RegisterStreamConsumerRequest.builder().streamARN(streamArn).consumerName(name).build();
      Consumer made = requests.ask(asked, () -> client.registerStreamConsumer(wish)).consumer();
      if (made.consumerStatus() == ConsumerStatus.ACTIVE) {
        return made.consumerARN();
      }
    }
    for (int i = 0; i < CONSUMER_POLLS; i++) {
      var consumer =
          requests.ask(asked, () -> client.describeStreamConsumer(question)).consumerDescription();
      if (consumer.consumerStatus() == ConsumerStatus.ACTIVE) {
        return consumer.consumerARN();
      }
      if (requests.isClosedWithin(CONSUMER_POLL)) {
        break;
      }
    }
    throw new AwsFailure.Unavailable("a consumer that does not become active").toException(asked);
  }
}

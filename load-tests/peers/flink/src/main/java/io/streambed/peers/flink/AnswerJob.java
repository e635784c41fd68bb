/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.peers.flink;

import io.streambed.peers.work.Peer;
import io.streambed.peers.work.PeerOptions;
import io.streambed.peers.work.PromptWork;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.async.AsyncRetryStrategy;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.util.retryable.AsyncRetryStrategies.ExponentialBackoffDelayRetryStrategyBuilder;
import org.apache.flink.streaming.util.retryable.RetryPredicates;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The job: source, asynchronous calls, sink. */
final class AnswerJob {

  private static final String NAME = "peer-flink";

  private AnswerJob() {}

  static StreamGraph of(Configuration configuration, PeerOptions options, String... arguments) {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    DataStream<Prompt> prompts =
        environment
            .fromSource(source(options), WatermarkStrategy.noWatermarks(), "prompts")
            .uid("prompts");
    AsyncDataStream.unorderedWaitWithRetry(
            prompts,
            new AnswerFunction(arguments),
            // Above the time-out of a call: that one says what happened.
            options.callTimeout().plusMinutes(1).toMillis(),
            TimeUnit.MILLISECONDS,
            Math.ceilDiv(options.limit(), environment.getParallelism()),
            retries())
        .uid("answers")
        .name("answers")
        .sinkTo(sink(options))
        .uid("results")
        .name("results");
    return environment.getStreamGraph();
  }

  private static AsyncRetryStrategy<Result> retries() {
    return new ExponentialBackoffDelayRetryStrategyBuilder<Result>(
            Integer.MAX_VALUE, Peer.RETRY_BACKOFF_MILLIS, Peer.RETRY_BACKOFF_MAX_MILLIS, 2)
        .ifException(RetryPredicates.HAS_EXCEPTION_PREDICATE)
        .build();
  }

  private static KafkaSource<Prompt> source(PeerOptions options) {
    return KafkaSource.<Prompt>builder()
        .setBootstrapServers(options.kafka())
        .setGroupId(NAME)
        .setTopics(PromptWork.REQUESTS)
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setDeserializer(new PromptReader())
        .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
        // Offsets are in the checkpoints; in Kafka they would only be for people to look at.
        .setProperty("commit.offsets.on.checkpoint", "false")
        .setProperty("register.consumer.metrics", "false")
        .build();
  }

  private static KafkaSink<Result> sink(PeerOptions options) {
    return KafkaSink.<Result>builder()
        .setBootstrapServers(options.kafka())
        .setRecordSerializer(
            KafkaRecordSerializationSchema.<Result>builder()
                .setTopic(PromptWork.RESULTS)
                .setKeySerializationSchema(new KeyOf())
                .setValueSerializationSchema(new ValueOf())
                .build())
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(NAME + "-" + options.instance())
        .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
        .setKafkaProducerConfig(producer())
        .build();
  }

  private static Properties producer() {
    Properties settings = new Properties();
    // Far above a checkpoint and a restart together; 15 minutes is the most that a broker allows.
    settings.setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "900000");
    // Transactions that follow each other closely would sleep the defaults of 20 and 100 ms.
    settings.setProperty(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, "2");
    settings.setProperty(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, "10");
    // Otherwise each checkpoint's producer registers all of its metrics.
    settings.setProperty("register.producer.metrics", "false");
    return settings;
  }

  private static final class KeyOf implements SerializationSchema<Result> {
    private static final long serialVersionUID = 1L;

    @Override
    public byte[] serialize(Result result) {
      return result.key;
    }
  }

  private static final class ValueOf implements SerializationSchema<Result> {
    private static final long serialVersionUID = 1L;

    @Override
    public byte[] serialize(Result result) {
      return result.value;
    }
  }
}

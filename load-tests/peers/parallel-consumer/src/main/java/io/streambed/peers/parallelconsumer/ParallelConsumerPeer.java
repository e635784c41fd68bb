/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.peers.parallelconsumer;

import io.confluent.parallelconsumer.PCRetriableException;
import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.ParallelConsumerOptions.CommitMode;
import io.confluent.parallelconsumer.ParallelConsumerOptions.ProcessingOrder;
import io.confluent.parallelconsumer.ParallelStreamProcessor;
import io.streambed.peers.work.CallFailedException;
import io.streambed.peers.work.Peer;
import io.streambed.peers.work.PeerOptions;
import io.streambed.peers.work.PromptWork;
import io.streambed.peers.work.PromptWork.Answered;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Starts the library. */
public final class ParallelConsumerPeer {

  private static final String GROUP = "peer-parallel-consumer";

  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  private ParallelConsumerPeer() {}

  /** See {@link PeerOptions}. */
  public static void main(String... arguments) {
    PeerOptions options = PeerOptions.of(arguments);
    PromptWork work = PromptWork.nonBlocking(options);
    ParallelStreamProcessor<byte[], byte[]> processor =
        ParallelStreamProcessor.createEosStreamProcessor(settings(options));
    Peer.onStop(() -> {
      processor.close();
      work.close();
    });
    processor.subscribe(List.of(PromptWork.REQUESTS), new TellReady());
    processor.pollAndProduce(context -> answer(context.getSingleConsumerRecord(), work));
  }

  /** Runs on one of the library's threads, of which there is one for each call. */
  private static ProducerRecord<byte[], byte[]> answer(
      ConsumerRecord<byte[], byte[]> request, PromptWork work) {
    String place = request.topic() + "-" + request.partition() + "-" + request.offset();
    try {
      Answered answered =
          work.answer(request.key(), request.value(), request.timestamp(), place).join();
      return new ProducerRecord<>(
          PromptWork.RESULTS, null, answered.key(), answered.value(), request.headers());
    } catch (CompletionException e) {
      if (e.getCause() instanceof CallFailedException failed) {
        throw new PCRetriableException(failed);
      }
      throw e;
    }
  }

  private static ParallelConsumerOptions<byte[], byte[]> settings(PeerOptions options) {
    return ParallelConsumerOptions.<byte[], byte[]>builder()
        .consumer(
            new KafkaConsumer<>(
                consumer(options), new ByteArrayDeserializer(), new ByteArrayDeserializer()))
        .producer(
            new KafkaProducer<>(
                producer(options), new ByteArraySerializer(), new ByteArraySerializer()))
        .ordering(ProcessingOrder.UNORDERED)
        .maxConcurrency(options.limit())
        .commitMode(CommitMode.PERIODIC_TRANSACTIONAL_PRODUCER)
        .commitInterval(options.commitInterval())
        // Without it no call starts while a transaction commits: half the throughput.
        .allowEagerProcessingDuringTransactionCommit(true)
        .retryDelayProvider(
            failed -> Duration.ofMillis(Peer.backoffMillis(failed.getNumberOfFailedAttempts())))
        .shutdownTimeout(STOP_LIMIT)
        .build();
  }

  private static Map<String, Object> consumer(PeerOptions options) {
    return Map.of(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
        options.kafka(),
        ConsumerConfig.GROUP_ID_CONFIG,
        GROUP,
        ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
        options.instance(),
        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
        false,
        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
        "read_committed",
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
        "earliest",
        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
        10_000,
        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
        2_500);
  }

  private static Map<String, Object> producer(PeerOptions options) {
    return Map.of(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
        options.kafka(),
        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
        GROUP + "-" + options.instance(),
        // A dead process' open transaction hides what follows it until then.
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
        10_000,
        // Each of the library's threads waits until its result is with the broker.
        ProducerConfig.LINGER_MS_CONFIG,
        0,
        // Transactions that follow each other closely would sleep the defaults of 20 and 100 ms.
        ProducerConfig.RETRY_BACKOFF_MS_CONFIG,
        2L,
        ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG,
        10L);
  }

  private static final class TellReady implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      Peer.tellReady(System.out);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.RecordHeader;
import io.streambed.schemas.Redrive;
import io.streambed.schemas.RedriveOutcome;
import io.streambed.schemas.serdes.AvroEncoder;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Publishes requests again, and says so in the topic of redrives, in one transaction a slice: both
 * are there or neither is. For one thread.
 */
public final class RedriveWriter {

  private final Producer<byte[], byte[]> producer;
  private final AvroEncoder encoder;
  private final String topic;

  /**
   * @param producer a transactional one whose transactions have been initialised
   * @param encoder prepared for the topic
   * @param topic of redrives
   */
  public RedriveWriter(Producer<byte[], byte[]> producer, AvroEncoder encoder, String topic) {
    this.producer = producer;
    this.encoder = encoder;
    this.topic = topic;
  }

  /** What a consumer has read, to be committed with a slice. */
  public record Read(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {

    public Read {
      offsets = Map.copyOf(offsets);
    }
  }

  /**
   * Writes a slice; when it returns, the transaction has committed.
   *
   * @param run name of the run
   * @param now the wall clock
   * @return what was said in the topic of redrives
   * @throws KafkaException if it has not, or nobody knows; the producer is of no use any more
   */
  public List<Redrive> write(Slice slice, String run, Instant now) {
    producer.beginTransaction();
    List<Redrive> said = send(slice, run, now);
    producer.commitTransaction();
    return said;
  }

  /** The same, with what was read for it. */
  public List<Redrive> write(Slice slice, String run, Instant now, Read read) {
    producer.beginTransaction();
    List<Redrive> said = send(slice, run, now);
    producer.sendOffsetsToTransaction(read.offsets(), read.group());
    producer.commitTransaction();
    return said;
  }

  /** Requests first: what is said of each names its new place. */
  private List<Redrive> send(Slice slice, String run, Instant now) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (Resend resend : slice.again()) {
      sent.add(producer.send(record(resend)));
    }
    producer.flush();
    List<Redrive> said = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      said.add(redriven(slice.again().get(i), await(sent.get(i)), run, now));
    }
    for (Verdict.Parked parked : slice.parked()) {
      said.add(parked(parked, run, now));
    }
    for (Redrive redrive : said) {
      byte[] key = RequestPlace.of(redrive).key().getBytes(UTF_8);
      producer.send(new ProducerRecord<>(topic, key, encoder.encode(topic, redrive)));
    }
    return said;
  }

  /** To the partition that it came from, whoever chose that. */
  private ProducerRecord<byte[], byte[]> record(Resend resend) {
    DeadLetter letter = resend.letter();
    boolean back =
        resend.topic().equals(letter.getSourceTopic())
            && letter.getSourcePartition() < producer.partitionsFor(resend.topic()).size();
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            resend.topic(),
            back ? letter.getSourcePartition() : null,
            resend.original().key(),
            resend.original().value());
    for (RecordHeader header : resend.headers()) {
      record
          .headers()
          .add(header.getKey(), header.getValue().map(RedriveWriter::bytes).orElse(null));
    }
    return record;
  }

  private static Redrive redriven(Resend resend, RecordMetadata at, String run, Instant now) {
    return said(resend.letter(), run, now)
        .setOutcome(RedriveOutcome.REDRIVEN)
        .setOriginalId(resend.mark().originalId())
        .setRedrives(resend.mark().redrives())
        .setTopic(at.topic())
        .setPartition(at.partition())
        .setOffset(at.offset())
        .setPatches(resend.patches())
        .build();
  }

  private static Redrive parked(Verdict.Parked parked, String run, Instant now) {
    return said(parked.letter(), run, now)
        .setOutcome(RedriveOutcome.PARKED)
        .setOriginalId(parked.originalId())
        .setRedrives(parked.redrives())
        .build();
  }

  /** What is said of a dead letter, whatever was done with it. */
  public static Redrive.Builder said(DeadLetter letter, String run, Instant now) {
    return Redrive.newBuilder()
        .setRun(run)
        .setId(letter.getId())
        .setTenant(letter.getTenant().orElse(null))
        .setModel(letter.getModel().orElse(null))
        .setCode(letter.getCode())
        .setKind(letter.getKind())
        .setSourceTopic(letter.getSourceTopic())
        .setSourcePartition(letter.getSourcePartition())
        .setSourceOffset(letter.getSourceOffset())
        .setRequestedAt(letter.getRequestedAt())
        .setSpentPicoDollars(letter.getSpentPicoDollars())
        .setWrittenAt(now);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  /** Everything has been flushed, so it is there. */
  private static RecordMetadata await(Future<RecordMetadata> sent) {
    try {
      return sent.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.cluster.MissingTopicException;
import io.streambed.processors.StoredAnswers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * Answers of the platform's own store that no result tells of: those that earlier runs have brought
 * to topics of their own, and those whose results are deleted already. Not for use by several
 * threads.
 */
final class StoredIndex {

  /** The place of an answer that the store has forgotten. */
  private static final long NOWHERE = 0;

  private final Spool spool;
  private final LongTable places = new LongTable();

  private StoredIndex(Spool spool) {
    this.spool = spool;
  }

  /** Of a store that has nothing. */
  static StoredIndex empty(Spool spool) {
    return new StoredIndex(spool);
  }

  /**
   * Reads the changelog of a platform's store.
   *
   * @param spool keeps the answers
   * @param known whether an answer to a fingerprint is known without
   * @param progress told of every record
   * @return nothing where no platform has run yet, or where the changelog must not be read: what is
   *     in the store costs nothing all the same
   */
  static StoredIndex read(
      KafkaAccess kafka,
      String applicationId,
      Spool spool,
      Predicate<ByteBuffer> known,
      Runnable progress) {
    StoredIndex index = new StoredIndex(spool);
    List<String> topics = List.of(StoredAnswers.topic(applicationId));
    try (WholeTopic reader = WholeTopic.open(kafka, topics, Map.of())) {
      reader.toEnd(record -> {
        progress.run();
        index.add(record, known);
      });
    } catch (MissingTopicException | AuthorizationException e) {
      return empty(spool);
    }
    return index;
  }

  private void add(ConsumerRecord<byte[], byte[]> record, Predicate<ByteBuffer> known) {
    Optional<ByteBuffer> fingerprint = StoredAnswers.fingerprint(record.key());
    if (fingerprint.isEmpty() || known.test(fingerprint.get())) {
      return;
    }
    byte[] value = record.value();
    long place = value == null ? NOWHERE : spool.add(value) + 1;
    places.put(high(fingerprint.get()), low(fingerprint.get()), place);
  }

  /** The answer that may serve whoever asks the same, as the store has it. */
  Optional<byte[]> get(ByteBuffer fingerprint) {
    OptionalLong place = places.get(high(fingerprint), low(fingerprint));
    return place.isPresent() && place.getAsLong() != NOWHERE
        ? Optional.of(spool.get(place.getAsLong() - 1))
        : Optional.empty();
  }

  private static long high(ByteBuffer fingerprint) {
    return fingerprint.getLong(fingerprint.position());
  }

  private static long low(ByteBuffer fingerprint) {
    return fingerprint.getLong(fingerprint.position() + Long.BYTES);
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streambed.cli.cluster.Cluster;
import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.replay.Earlier;
import io.streambed.cli.settlement.Settlement;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.ReplayPlan;
import io.streambed.schemas.ResultSource;
import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.replay.Place;
import io.streambed.schemas.serdes.UnreadableRecordException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Earlier results, dead letters and stored answers, read once and kept in a file. Results are found
 * by their request's tenant and id and by their fingerprint, dead letters by their request's place.
 * Not for use by several threads.
 */
public final class EarlierIndex implements Earlier, AutoCloseable {

  private static final long STEP = 100_000;

  private final SchemaRegistryClient registry;
  private final SettlementCodec codec;
  private final Spool spool = Spool.open();
  private final LongTable byIdentity = new LongTable();
  private final LongTable byFingerprint = new LongTable();
  private final LongTable failed = new LongTable();
  private final Map<String, Sums> sums = new HashMap<>();
  private StoredIndex stored = StoredIndex.empty(spool);
  private long read;

  private record Sums(long answers, double outputTokens, double modelMillis) {
    Sums plus(long tokens, long millis) {
      return new Sums(answers + 1, outputTokens + tokens, modelMillis + millis);
    }
  }

  private EarlierIndex(SchemaRegistryClient registry, boolean texts) {
    this.registry = registry;
    this.codec = new SettlementCodec(registry, texts);
  }

  /**
   * Reads what a plan says are the earlier results and dead letters.
   *
   * @param until only settlements before this time
   * @param progress told now and then how many records were read
   */
  public static EarlierIndex read(
      Cluster cluster, KafkaAccess kafka, ReplayPlan plan, Instant until, LongConsumer progress) {
    EarlierIndex index =
        new EarlierIndex(
            new SchemaRegistryClient(cluster.registry()),
            plan.getEarlierResults().equals(cluster.topics().embeddingResults()));
    List<String> topics = List.of(plan.getEarlierResults(), plan.getEarlierDeadLetters());
    try (WholeTopic reader = WholeTopic.open(kafka, topics, Map.of())) {
      reader.toEnd(record -> {
        index.tell(progress);
        if (record.value() == null) {
          return;
        }
        if (record.topic().equals(plan.getEarlierDeadLetters())) {
          index.addDeadLetter(record.value(), plan.getTopic(), until);
        } else {
          index.addResult(record, until);
        }
      });
    } catch (RuntimeException e) {
      index.close();
      throw e;
    }
    return index;
  }

  /** The same with the answers that only the store of a platform has. */
  public static EarlierIndex readWithStore(
      Cluster cluster,
      KafkaAccess kafka,
      ReplayPlan plan,
      String applicationId,
      LongConsumer progress) {
    EarlierIndex index = read(cluster, kafka, plan, Instant.MAX, progress);
    try {
      index.stored =
          StoredIndex.read(
              kafka, applicationId, index.spool, index::isKnown, () -> index.tell(progress));
      return index;
    } catch (RuntimeException e) {
      index.close();
      throw e;
    }
  }

  private void tell(LongConsumer progress) {
    if (++read % STEP == 0) {
      progress.accept(read);
    }
  }

  private boolean isKnown(ByteBuffer fingerprint) {
    Key key = Key.of(fingerprint);
    return byFingerprint.get(key.high(), key.low()).isPresent();
  }

  private void addDeadLetter(byte[] value, String topic, Instant until) {
    try {
      DeadLetter letter = codec.deadLetter(value);
      if (letter.getSourceTopic().equals(topic) && letter.getSettledAt().isBefore(until)) {
        failed.put(letter.getSourcePartition(), letter.getSourceOffset(), spool.add(value));
      }
    } catch (UnreadableRecordException e) {
      // Nobody's settlement.
    }
  }

  private void addResult(ConsumerRecord<byte[], byte[]> record, Instant until) {
    try {
      Settlement result = codec.result(record.value());
      if (!result.settledAt().isBefore(until)) {
        return;
      }
      long place = spool.add(record.value());
      Key identity = Key.of(result.tenant().orElse(""), result.id());
      byIdentity.put(identity.high(), identity.low(), place);
      Key fingerprint = Key.of(fingerprint(result));
      byFingerprint.put(fingerprint.high(), fingerprint.low(), place);
      average(result);
    } catch (UnreadableRecordException e) {
      // Nobody's settlement.
    }
  }

  private void average(Settlement result) {
    if (result.repeat() || !result.outcome().equals(ResultSource.MODEL.name())) {
      return;
    }
    long tokens = result.usage().map(usage -> usage.getOutputTokens()).orElse(0L);
    long millis =
        switch (result) {
          case Settlement.Answered answered -> answered.value().getModelMillis();
          case Settlement.Embedded embedded -> embedded.value().getModelMillis();
          case Settlement.Dead dead -> 0;
        };
    String model = result.model().orElse("");
    sums.put(model, sums.getOrDefault(model, new Sums(0, 0, 0)).plus(tokens, millis));
  }

  private static ByteBuffer fingerprint(Settlement result) {
    String hex =
        switch (result) {
          case Settlement.Answered answered -> answered.value().getFingerprint();
          case Settlement.Embedded embedded -> embedded.value().getFingerprint();
          case Settlement.Dead dead -> "";
        };
    try {
      byte[] bytes = HexFormat.of().parseHex(hex);
      return ByteBuffer.wrap(bytes.length < 16 ? new byte[16] : bytes);
    } catch (IllegalArgumentException e) {
      return ByteBuffer.wrap(new byte[16]);
    }
  }

  @Override
  public Optional<Settlement> result(String tenant, String id) {
    Key key = Key.of(tenant, id);
    return at(byIdentity.get(key.high(), key.low()))
        .filter(it -> it.id().equals(id) && it.tenant().orElse("").equals(tenant));
  }

  @Override
  public Optional<Settlement> answer(ByteBuffer fingerprint) {
    Key key = Key.of(fingerprint);
    return at(byFingerprint.get(key.high(), key.low()));
  }

  @Override
  public Optional<byte[]> stored(ByteBuffer fingerprint) {
    return stored.get(fingerprint);
  }

  private Optional<Settlement> at(OptionalLong place) {
    return place.isPresent()
        ? Optional.of(codec.result(spool.get(place.getAsLong())))
        : Optional.empty();
  }

  @Override
  public boolean failed(Place place) {
    return failed.get(place.partition(), place.offset()).isPresent();
  }

  /** The dead letter of the request at a place. */
  public Optional<DeadLetter> deadLetter(Place place) {
    OptionalLong found = failed.get(place.partition(), place.offset());
    return found.isPresent()
        ? Optional.of(codec.deadLetter(spool.get(found.getAsLong())))
        : Optional.empty();
  }

  @Override
  public Means means(String model) {
    Sums all = sums.getOrDefault(model, new Sums(0, 0, 0));
    double answers = Math.max(1, all.answers());
    return new Means(all.answers(), all.outputTokens() / answers, all.modelMillis() / answers);
  }

  /** How many requests have a result. */
  public int results() {
    return byIdentity.size();
  }

  @Override
  public void close() {
    spool.close();
    registry.close();
  }

  /** Half of a SHA-256, which tells any two apart. */
  private record Key(long high, long low) {

    static Key of(String tenant, String id) {
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(tenant.getBytes(UTF_8));
        digest.update((byte) 0);
        digest.update(id.getBytes(UTF_8));
        return of(ByteBuffer.wrap(digest.digest()));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JVM has SHA-256", e);
      }
    }

    static Key of(ByteBuffer hash) {
      int at = hash.position();
      return new Key(hash.getLong(at), hash.getLong(at + Long.BYTES));
    }
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import io.streambed.connectors.kpl.UserRecord;
import io.streambed.connectors.sink.KinesisSinkConfig.Dedup;
import io.streambed.connectors.sink.KinesisSinkConfig.Tombstones;
import io.streambed.connectors.sink.KinesisSinkConfig.ValueFormat;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.sink.SinkRecord;

/** Makes of a record of Kafka what Kinesis is to have. Of the task's thread. */
final class Encoding {

  /** "PartitionKey" in the Kinesis API reference, in characters. */
  private static final int LONGEST_KEY = 256;

  /** "ExplicitHashKey" in the Kinesis API reference. */
  private static final BigInteger HASH_KEYS = BigInteger.TWO.pow(128);

  private static final Pattern DECIMAL = Pattern.compile("\\d{1,39}");

  /** Neighbours without a key that share one, so that aggregation has something to put together. */
  private static final int NEIGHBOURS = 128;

  private final StreamTemplate stream;
  private final KeySource partitionKey;
  private final Optional<KeySource.Picked> hashKey;
  private final ValueFormat format;
  private final Dedup dedup;
  private final Tombstones tombstones;
  private final IdField idField;
  private final int largest;
  private final int neighbours;
  private final Rendering rendering = new Rendering();
  private final Envelope envelope = new Envelope(rendering);

  Encoding(KinesisSinkConfig config) {
    this.stream = config.stream();
    this.partitionKey = config.partitionKey();
    this.hashKey = config.hashKey();
    this.format = config.valueFormat();
    this.dedup = config.dedup();
    this.tombstones = config.tombstones();
    this.idField = config.idField();
    this.largest = config.limits().recordBytes();
    this.neighbours = config.aggregates() ? NEIGHBOURS : 1;
  }

  /**
   * Encodes one record.
   *
   * @param now as {@link System#nanoTime()}
   */
  Encoded encode(SinkRecord record, Origin origin, long now) {
    if (record.value() == null && tombstones == Tombstones.SKIP) {
      return new Encoded.Nothing();
    }
    if (record.value() == null && tombstones == Tombstones.FAIL) {
      return new Encoded.Unfit(
          "it has no value; set " + SinkSettings.TOMBSTONES + " to skip or empty");
    }
    try {
      UserRecord sent =
          new UserRecord(partitionKey(record, origin), hashKey(record), data(record, origin));
      Outgoing outgoing = Outgoing.of(origin, stream.of(record.topic()), sent, now);
      return outgoing.size() <= largest
          ? new Encoded.Ready(outgoing)
          : new Encoded.Oversize(
              "it has "
                  + outgoing.size()
                  + " bytes with its partition key, and "
                  + SinkSettings.RECORD_BYTES
                  + " allows "
                  + largest);
    } catch (UnencodableRecordException e) {
      return new Encoded.Unfit(e.why());
    } catch (RuntimeException e) {
      // Of Connect's converter, whose message can hold the value.
      return new Encoded.Unfit(
          "it cannot be written as JSON ("
              + e.getClass().getSimpleName()
              + "); check the connector's converters and "
              + SinkSettings.VALUE_FORMAT);
    }
  }

  private byte[] data(SinkRecord record, Origin origin) {
    return switch (dedup) {
      case NONE -> value(record);
      case FIELD -> idField.in(value(record), origin.id());
      case ENVELOPE -> envelope.around(record, origin);
    };
  }

  private byte[] value(SinkRecord record) {
    Object value = record.value();
    if (value == null) {
      return new byte[0];
    }
    return format == ValueFormat.JSON
        ? rendering.json(record.valueSchema(), value)
        : rendering.bytes(record.valueSchema(), value);
  }

  private String partitionKey(SinkRecord record, Origin origin) {
    Optional<String> key =
        switch (partitionKey) {
          case KeySource.Picked picked -> picked.from(record).map(this::text);
          case KeySource.Partition together -> Optional.of(origin.partition().toString());
          case KeySource.Spread even -> Optional.empty();
        };
    return shortened(key.filter(text -> !text.isEmpty()).orElseGet(() -> spread(origin)));
  }

  /** Kinesis hashes partition keys, so any that differ are spread. */
  private String spread(Origin origin) {
    return new Origin(origin.partition(), origin.offset() / neighbours).id();
  }

  private Optional<BigInteger> hashKey(SinkRecord record) {
    return hashKey.flatMap(picked -> picked.from(record)).map(this::text).map(Encoding::number);
  }

  private static BigInteger number(String text) {
    if (DECIMAL.matcher(text).matches()) {
      BigInteger number = new BigInteger(text);
      if (number.compareTo(HASH_KEYS) < 0) {
        return number;
      }
    }
    throw new UnencodableRecordException(
        "what "
            + SinkSettings.HASH_KEY
            + " names in it is no decimal number below 2^128; check the setting");
  }

  private String text(SchemaAndValue found) {
    return rendering.text(found.schema(), found.value());
  }

  private static String shortened(String key) {
    if (key.length() <= LONGEST_KEY) {
      return key;
    }
    try {
      byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

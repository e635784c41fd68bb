/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.request;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * Makes requests for Streambed of JSON or text: bytes, strings, or maps without a schema. What
 * comes out is a struct of the contract, for {@link io.streambed.connectors.avro.AvroConverter}.
 *
 * <ul>
 *   <li>A record without an id of its own gets its place in Kinesis as one, so that a record that
 *       is read twice is one request.
 *   <li>Its time is the record's, or the one at which it came to Kinesis.
 *   <li>Records with which the source says that a shard begins or ends pass as they are.
 *   <li>Topic and partition stay as they are.
 * </ul>
 *
 * <p>A record that cannot become a request goes to {@code errors.topic} as it came (JSON that the
 * source has taken apart, as text), or fails with a {@link DataException}. That topic has the
 * connector's value converter, too: {@code AvroConverter} writes Avro's {@code bytes} or {@code
 * string} there.
 *
 * <p>Once configured, safe for use by many threads.
 */
public final class ToRequest<R extends ConnectRecord<R>> implements Transformation<R> {

  /** Header of a record that was put aside: the field at fault. */
  public static final String ERROR_FIELD = "streambed.error.field";

  /** Header of a record that was put aside: what is wrong with the field, without its content. */
  public static final String ERROR_REASON = "streambed.error.reason";

  private volatile @Nullable RequestConfig config;

  /** For Connect, which calls {@link #configure} next. */
  public ToRequest() {}

  @Override
  public String version() {
    return Optional.ofNullable(ToRequest.class.getPackage().getImplementationVersion())
        .orElse("unknown");
  }

  @Override
  public ConfigDef config() {
    return RequestConfig.DEFINITION;
  }

  /**
   * Takes the settings over.
   *
   * @throws org.apache.kafka.common.config.ConfigException if one is wrong; it names it
   */
  @Override
  public void configure(Map<String, ?> settings) {
    config = RequestConfig.of(settings);
  }

  @Override
  public R apply(R record) {
    RequestConfig ready = config;
    if (ready == null) {
      throw new IllegalStateException("the transform is not configured");
    }
    if (KinesisOrigin.isShardEvent(record.headers())) {
      return record;
    }
    Optional<String> position = KinesisOrigin.position(record.headers());
    return switch (new RequestMapping(ready).map(record.value(), position)) {
      case Mapping.Mapped mapped -> request(record, mapped);
      case Mapping.Refused refused -> putAside(record, ready, refused);
    };
  }

  @Override
  public void close() {
    // It holds nothing that has to be closed.
  }

  private R request(R record, Mapping.Mapped mapped) {
    Headers headers = record.headers().duplicate();
    mapped.headers().forEach((name, value) -> headers.remove(name).addString(name, value));
    Optional<String> key = mapped.key();
    return record.newRecord(
        record.topic(),
        record.kafkaPartition(),
        key.isPresent() ? Schema.STRING_SCHEMA : record.keySchema(),
        key.isPresent() ? key.get() : record.key(),
        mapped.request().schema(),
        mapped.request(),
        time(record),
        headers);
  }

  private R putAside(R record, RequestConfig ready, Mapping.Refused refused) {
    String topic =
        ready
            .errorsTopic()
            .orElseThrow(() ->
                new DataException(
                    "a record of topic "
                        + record.topic()
                        + " cannot become a request: "
                        + refused.field()
                        + " "
                        + refused.reason()
                        + "; correct the settings of ToRequest, or set "
                        + RequestConfig.ERRORS_TOPIC
                        + " to put such records aside"));
    Headers headers =
        record
            .headers()
            .duplicate()
            .remove(ERROR_FIELD)
            .remove(ERROR_REASON)
            .addString(ERROR_FIELD, refused.field())
            .addString(ERROR_REASON, refused.reason());
    Optional<String> json = RecordValue.jsonText(record.valueSchema(), record.value());
    return record.newRecord(
        topic,
        null,
        record.keySchema(),
        record.key(),
        json.isPresent() ? Schema.STRING_SCHEMA : record.valueSchema(),
        json.isPresent() ? json.get() : record.value(),
        time(record),
        headers);
  }

  private static @Nullable Long time(ConnectRecord<?> record) {
    Long time = record.timestamp();
    return time == null ? KinesisOrigin.arrival(record.headers()).orElse(null) : time;
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object around a record, with its id and all that Kafka knew of it. Of one thread.
 *
 * <p>A value that is text of a JSON object or array is put in as such, other text as a string.
 * Bytes that are no text are put in as Base64, and a field {@code valueEncoding} says so. Of
 * headers of one name the last counts.
 */
final class Envelope {

  private static final JsonFactory JSON = new JsonFactory();

  private final Rendering rendering;

  Envelope(Rendering rendering) {
    this.rendering = rendering;
  }

  /**
   * @throws UnencodableRecordException if something in it cannot be written as JSON
   */
  byte[] around(SinkRecord record, Origin origin) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("id", origin.id());
      json.writeStringField("topic", origin.partition().topic());
      json.writeNumberField("partition", origin.partition().partition());
      json.writeNumberField("offset", origin.offset());
      json.writeFieldName("timestamp");
      writePlain(json, null, record.timestamp());
      json.writeFieldName("key");
      writePlain(json, record.keySchema(), record.key());
      json.writeObjectFieldStart("headers");
      for (Header header : last(record).values()) {
        json.writeFieldName(header.key());
        writePlain(json, header.schema(), header.value());
      }
      json.writeEndObject();
      writeValue(json, record.valueSchema(), record.value());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UnencodableRecordException("its text cannot be written as JSON");
    }
    return bytes.toByteArray();
  }

  private static Map<String, Header> last(SinkRecord record) {
    Map<String, Header> headers = new LinkedHashMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), header);
    }
    return headers;
  }

  private void writeValue(JsonGenerator json, @Nullable Schema schema, @Nullable Object value)
      throws IOException {
    json.writeFieldName("value");
    if (value == null || !isPlain(value)) {
      writePlain(json, schema, value);
      return;
    }
    byte[] bytes = rendering.bytes(schema, value);
    Optional<String> text = Rendering.utf8(bytes);
    if (text.isEmpty()) {
      json.writeString(Base64.getEncoder().encodeToString(bytes));
      json.writeStringField("valueEncoding", "base64");
    } else if (isDocument(text.get())) {
      json.writeRawValue(text.get());
    } else {
      json.writeString(text.get());
    }
  }

  private void writePlain(JsonGenerator json, @Nullable Schema schema, @Nullable Object value)
      throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (isPlain(value)) {
      json.writeString(rendering.text(schema, value));
    } else {
      json.writeRawValue(new String(rendering.json(schema, value), StandardCharsets.UTF_8));
    }
  }

  private static boolean isPlain(Object value) {
    return value instanceof CharSequence || value instanceof byte[] || value instanceof ByteBuffer;
  }

  private static boolean isDocument(String text) {
    String start = text.stripLeading();
    if (!start.startsWith("{") && !start.startsWith("[")) {
      return false;
    }
    try (JsonParser json = JSON.createParser(text)) {
      JsonToken first = json.nextToken();
      if (first != JsonToken.START_OBJECT && first != JsonToken.START_ARRAY) {
        return false;
      }
      json.skipChildren();
      return json.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Puts an id into the text of a JSON object as its first field. All other bytes stay as they are,
 * so that no number changes its form.
 *
 * @param name of the field; letters, digits, _ - . only, which need no escapes
 */
record IdField(String name) {

  private static final JsonFactory JSON = new JsonFactory();

  private enum Found {
    NO_OBJECT,
    EMPTY_OBJECT,
    OBJECT,
    OBJECT_WITH_FIELD
  }

  /**
   * The object with the id; the same bytes if they are no JSON object in UTF-8.
   *
   * @param id of characters that need no escapes
   * @throws UnencodableRecordException if the object has the field already
   */
  byte[] in(byte[] value, String id) {
    int brace = brace(value);
    if (brace < 0) {
      return value;
    }
    return switch (look(value)) {
      case NO_OBJECT -> value;
      case EMPTY_OBJECT -> with(value, brace, id, "\"");
      case OBJECT -> with(value, brace, id, "\",");
      case OBJECT_WITH_FIELD ->
          throw new UnencodableRecordException(
              "it has a field "
                  + name
                  + " of its own; set "
                  + SinkSettings.DEDUP_FIELD
                  + " to another name, or "
                  + SinkSettings.DEDUP
                  + " to envelope or none");
    };
  }

  private byte[] with(byte[] value, int brace, String id, String end) {
    byte[] field = ("\"" + name + "\":\"" + id + end).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream all = new ByteArrayOutputStream(value.length + field.length);
    all.write(value, 0, brace + 1);
    all.writeBytes(field);
    all.write(value, brace + 1, value.length - brace - 1);
    return all.toByteArray();
  }

  /** Where the object begins, if there can be one: most other values need no closer look. */
  private static int brace(byte[] value) {
    int at = 0;
    while (at < value.length && isSpace(value[at])) {
      at++;
    }
    return at < value.length && value[at] == '{' ? at : -1;
  }

  private static boolean isSpace(byte character) {
    return character == ' ' || character == '\n' || character == '\r' || character == '\t';
  }

  private Found look(byte[] value) {
    // By a reader, for of bytes Jackson would accept UTF-16, too.
    try (JsonParser json =
        JSON.createParser(
            new InputStreamReader(new ByteArrayInputStream(value), StandardCharsets.UTF_8))) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Found.NO_OBJECT;
      }
      Found found = Found.EMPTY_OBJECT;
      for (JsonToken token = json.nextToken();
          token != JsonToken.END_OBJECT;
          token = json.nextToken()) {
        if (token == null) {
          return Found.NO_OBJECT;
        }
        if (token != JsonToken.FIELD_NAME) {
          json.skipChildren();
        } else if (name.equals(json.currentName())) {
          found = Found.OBJECT_WITH_FIELD;
        } else if (found == Found.EMPTY_OBJECT) {
          found = Found.OBJECT;
        }
      }
      return json.nextToken() == null ? found : Found.NO_OBJECT;
    } catch (IOException e) {
      return Found.NO_OBJECT;
    }
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkNumber;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.document.VoidDocumentVisitor;

/** JSON text to the SDK's documents and back. Numbers keep every digit and their spelling. */
final class JsonDocuments {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          // The text was already bounded by the size of a Kafka record.
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private JsonDocuments() {}

  /**
   * Reads one JSON value.
   *
   * @throws IllegalArgumentException if the text is none; its message holds nothing of the text
   */
  static Document parse(String json) {
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() == null) {
        throw new IllegalArgumentException("no JSON value");
      }
      Document document = value(parser);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("more than one JSON value");
      }
      return document;
    } catch (IOException e) {
      // The parser's own message quotes the text.
      throw new IllegalArgumentException("not a JSON value");
    }
  }

  /** Writes a document as compact JSON. */
  static String print(Document document) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(text)) {
      document.accept(new Printer(generator));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static Document value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> Document.fromString(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          Document.fromNumber(SdkNumber.fromString(parser.getText()));
      case VALUE_TRUE -> Document.fromBoolean(true);
      case VALUE_FALSE -> Document.fromBoolean(false);
      case VALUE_NULL -> Document.fromNull();
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalArgumentException("not a JSON value");
    };
  }

  private static Document object(JsonParser parser) throws IOException {
    Map<String, Document> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value(parser));
    }
    return Document.fromMap(members);
  }

  private static Document array(JsonParser parser) throws IOException {
    List<Document> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return Document.fromList(items);
  }

  private record Printer(JsonGenerator out) implements VoidDocumentVisitor {

    @Override
    public void visitNull() {
      write(out::writeNull);
    }

    @Override
    public void visitBoolean(Boolean value) {
      write(() -> out.writeBoolean(value));
    }

    @Override
    public void visitString(String value) {
      write(() -> out.writeString(value));
    }

    @Override
    public void visitNumber(SdkNumber value) {
      write(() -> out.writeNumber(value.stringValue()));
    }

    @Override
    public void visitMap(Map<String, Document> members) {
      write(out::writeStartObject);
      members.forEach((name, value) -> {
        write(() -> out.writeFieldName(name));
        value.accept(this);
      });
      write(out::writeEndObject);
    }

    @Override
    public void visitList(List<Document> items) {
      write(out::writeStartArray);
      items.forEach(item -> item.accept(this));
      write(out::writeEndArray);
    }

    private static void write(Output output) {
      try {
        output.run();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private interface Output {
    void run() throws IOException;
  }
}

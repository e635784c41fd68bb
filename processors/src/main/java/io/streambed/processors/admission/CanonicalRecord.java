/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Walks a record of one schema and digests what {@link FingerprintHasher} describes. Which fields
 * count is read once from the schema. Safe for use by many threads.
 */
final class CanonicalRecord {

  private static final String MARK = "fingerprint";

  private final CanonicalJson json = new CanonicalJson();
  private final Map<String, List<Part>> parts = new HashMap<>();

  private record Part(String name, int position, Schema schema, boolean isJson) {}

  /**
   * @param schema of the records; with a mark or a type that is not known here it is refused
   */
  CanonicalRecord(Schema schema) {
    learn(schema);
  }

  /** Digests a record, which must be of the schema. */
  void digest(IndexedRecord value, CanonicalDigest digest) throws NotJsonException {
    digestRecord(value, "", null, digest);
  }

  /** The same, without one field of the outermost record. */
  void digestWithout(String field, IndexedRecord value, CanonicalDigest digest)
      throws NotJsonException {
    digestRecord(value, "", field, digest);
  }

  private void learn(Schema schema) {
    switch (schema.getType()) {
      case RECORD -> {
        if (!parts.containsKey(schema.getFullName())) {
          List<Part> counted = new ArrayList<>();
          parts.put(schema.getFullName(), counted);
          schema.getFields().forEach(field -> learn(field, counted));
          counted.sort(Comparator.comparing(Part::name));
        }
      }
      case ARRAY -> learn(schema.getElementType());
      case MAP -> learn(schema.getValueType());
      case UNION -> schema.getTypes().forEach(this::learn);
      case STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL, ENUM, FIXED -> {
        if (schema.getLogicalType() != null) {
          throw new IllegalArgumentException(
              "no canonical form for the logical type " + schema.getLogicalType().getName());
        }
      }
    }
  }

  private void learn(Schema.Field field, List<Part> counted) {
    String mark = field.getProp(MARK);
    if (mark == null || mark.equals("json")) {
      counted.add(new Part(field.name(), field.pos(), field.schema(), mark != null));
      learn(field.schema());
    } else if (!mark.equals("excluded")) {
      throw new IllegalArgumentException("mark " + mark + " of field " + field.name());
    }
  }

  private List<Part> parts(IndexedRecord value) {
    List<Part> found = parts.get(value.getSchema().getFullName());
    if (found == null) {
      throw new IllegalArgumentException("not of the schema: " + value.getSchema().getFullName());
    }
    return found;
  }

  /** Whether there is nothing in a value that counts: absent, empty, or only of such. */
  private boolean vanishes(@Nullable Object value) {
    return switch (value) {
      case null -> true;
      case IndexedRecord child ->
          parts(child).stream().allMatch(part -> vanishes(child.get(part.position())));
      case List<?> list -> list.stream().allMatch(this::vanishes);
      case Map<?, ?> map -> map.isEmpty();
      default -> false;
    };
  }

  private void digestRecord(
      IndexedRecord value, String path, @Nullable String except, CanonicalDigest digest)
      throws NotJsonException {
    digest.tag('R');
    for (Part part : parts(value)) {
      Object child = value.get(part.position());
      if (!part.name().equals(except) && !vanishes(child)) {
        String childPath = path.isEmpty() ? part.name() : path + "." + part.name();
        digest.text('K', part.name());
        if (part.isJson()) {
          digest.tag('J');
          json.digest(String.valueOf(child), childPath, digest);
        } else {
          digestValue(child, childPath, digest);
        }
      }
    }
    digest.tag('E');
  }

  private void digestValue(@Nullable Object value, String path, CanonicalDigest digest)
      throws NotJsonException {
    switch (value) {
      case IndexedRecord child -> digestRecord(child, path, null, digest);
      case List<?> list -> digestList(list, path, digest);
      case Map<?, ?> map -> digestMap(map, path, digest);
      case CharSequence text -> digest.text('S', text.toString());
      case Enum<?> symbol -> digest.text('N', symbol.name());
      case ByteBuffer bytes -> digest.bytes('B', bytes);
      case Boolean flag -> digest.tag(flag ? 'T' : 'F');
      case Integer number -> digest.number('I', number);
      case Long number -> digest.number('I', number);
      case Float number -> digest.number('D', bits(number));
      case Double number -> digest.number('D', bits(number));
      case null, default ->
          throw new IllegalArgumentException("no canonical form for a value of " + path);
    }
  }

  private void digestList(List<?> list, String path, CanonicalDigest digest)
      throws NotJsonException {
    digest.tag('A');
    for (int i = 0; i < list.size(); i++) {
      if (!vanishes(list.get(i))) {
        digestValue(list.get(i), path + "[" + i + "]", digest);
      }
    }
    digest.tag('E');
  }

  private void digestMap(Map<?, ?> map, String path, CanonicalDigest digest)
      throws NotJsonException {
    digest.tag('M');
    Map<String, Object> sorted = new TreeMap<>();
    map.forEach((key, value) -> sorted.put(key.toString(), value));
    for (Map.Entry<String, Object> entry : sorted.entrySet()) {
      digest.text('K', entry.getKey());
      digestValue(entry.getValue(), path, digest);
    }
    digest.tag('E');
  }

  /** Of the double; minus zero is zero. */
  private static long bits(double number) {
    return Double.doubleToLongBits(number == 0 ? 0.0 : number);
  }
}

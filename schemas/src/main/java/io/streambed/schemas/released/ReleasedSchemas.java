/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.released;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * The released versions of our records' schemas, from the folders {@code released/<number>} beside
 * these classes. A folder is never changed once it is released.
 */
public final class ReleasedSchemas {

  private static final String FOLDER = "/released/";

  private ReleasedSchemas() {}

  /** Number of the newest released version; the first is 1. */
  public static int newest() {
    return Integer.parseInt(
        read(FOLDER + "newest")
            .orElseThrow(() -> new IllegalStateException("resource released/newest is missing"))
            .strip());
  }

  /**
   * A record's released schemas that differ in what they write, the oldest first; none for a record
   * that is newer than the last release.
   */
  public static List<Schema> of(Class<? extends SpecificRecordBase> type) {
    Map<Long, Schema> byFingerprint = new LinkedHashMap<>();
    for (int version = 1; version <= newest(); version++) {
      version(type, version)
          .ifPresent(schema ->
              byFingerprint.putIfAbsent(SchemaNormalization.parsingFingerprint64(schema), schema));
    }
    return List.copyOf(byFingerprint.values());
  }

  /** A record's schema in one release, if it was there. */
  public static Optional<Schema> version(Class<? extends SpecificRecordBase> type, int version) {
    return read(FOLDER + version + "/" + type.getSimpleName() + ".avsc")
        .map(text -> new Schema.Parser().parse(text));
  }

  private static Optional<String> read(String resource) {
    try (InputStream in = ReleasedSchemas.class.getResourceAsStream(resource)) {
      return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

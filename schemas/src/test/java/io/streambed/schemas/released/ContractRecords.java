/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.released;

import io.streambed.schemas.TokenUsage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/** All named types of the contract, and all that were generated. */
public final class ContractRecords {

  private ContractRecords() {}

  /** Records and enums by full name, those inside others too. */
  public static Map<String, Schema> named() {
    Map<String, Schema> found = new TreeMap<>();
    Contract.RECORDS.forEach(record -> collect(record.current(), found));
    return found;
  }

  /** Full names of the generated records. */
  public static List<String> generatedClasses() {
    try {
      Path classes =
          Path.of(TokenUsage.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (Stream<Path> files = Files.walk(classes.resolve("io/streambed/schemas"))) {
        return files
            .map(file -> classes.relativize(file).toString())
            .filter(name -> name.endsWith(".class") && !name.contains("$"))
            .map(name -> name.substring(0, name.length() - 6).replace('/', '.'))
            .filter(ContractRecords::isRecord)
            .toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isRecord(String name) {
    try {
      Class<?> type = Class.forName(name, false, ContractRecords.class.getClassLoader());
      return SpecificRecordBase.class.isAssignableFrom(type)
          && !Modifier.isAbstract(type.getModifiers());
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static void collect(Schema schema, Map<String, Schema> found) {
    switch (schema.getType()) {
      case RECORD -> {
        if (found.putIfAbsent(schema.getFullName(), schema) == null) {
          schema.getFields().forEach(field -> collect(field.schema(), found));
        }
      }
      case ENUM -> found.putIfAbsent(schema.getFullName(), schema);
      case UNION -> schema.getTypes().forEach(branch -> collect(branch, found));
      case ARRAY -> collect(schema.getElementType(), found);
      case MAP -> collect(schema.getValueType(), found);
      default -> {
        // Has no name of its own.
      }
    }
  }
}

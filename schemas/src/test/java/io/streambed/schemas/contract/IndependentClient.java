/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.schemas.registry.PortableSchema;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Confluent's own client as Flink carries it, in a JVM of its own: its jar holds other libraries
 * unrelocated that would get in the way of ours. What it does is in {@code src/test/independent}.
 */
record IndependentClient(URI url) {

  static final String WHY_NOT = "the independent client is fetched by -Papicurio";

  private static final @Nullable String JARS = System.getProperty("independent.client");

  static boolean isThere() {
    return JARS != null;
  }

  /** The record of a value, as JSON. */
  String read(byte[] value) throws IOException {
    return run("read", url.toString(), HexFormat.of().formatHex(value));
  }

  /** The value of a record that is given in Avro's JSON encoding. */
  byte[] write(String subject, Schema schema, String json) throws IOException {
    String hex = run("write", url.toString(), subject, PortableSchema.text(schema), json);
    return HexFormat.of().parseHex(hex);
  }

  private static String run(String... arguments) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                java.toString(),
                "-Xmx128m",
                "-cp",
                JARS + "/*",
                "src/test/independent/Exchange.java")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var out = process.outputWriter(UTF_8)) {
      // Arguments go in by lines: schemas are too long for a command line.
      for (String line : List.of(arguments)) {
        out.write(line.replace("\n", " ") + "\n");
      }
    }
    String answer = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.onExit()).succeedsWithin(RegistryContract.SOON);
    assertThat(process.exitValue()).as("exit code of the independent client").isZero();
    return answer;
  }
}

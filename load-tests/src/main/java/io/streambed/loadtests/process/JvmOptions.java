/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.process;

import java.util.List;

/** Options that every JVM of a run gets alike, so that none is handicapped. */
public final class JvmOptions {
  private JvmOptions() {}

  /**
   * The serial collector has the least overhead on two cores, which all processes of a run share;
   * the other options silence warnings, as the launcher's do.
   *
   * @param heap most heap, such as {@code 1g}
   */
  public static List<String> of(String heap) {
    return List.of(
        "-Xmx" + heap,
        "-XX:+UseSerialGC",
        "-XX:+IgnoreUnrecognizedVMOptions",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow");
  }
}

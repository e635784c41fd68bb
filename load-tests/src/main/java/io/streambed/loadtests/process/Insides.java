/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a JVM holds, as the kernel and {@code jcmd} tell.
 *
 * @param liveBytes objects that live, after a full collection
 * @param threads threads of the process
 * @param openFiles files and sockets
 */
public record Insides(long liveBytes, int threads, int openFiles) {
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
  private static final Pattern THREADS = Pattern.compile("(?m)^Threads:\\s+(\\d+)");

  /** Of a process that lives. */
  public static Insides of(Child child) {
    Path proc = Path.of("/proc", Long.toString(child.pid()));
    try (Stream<Path> files = Files.list(proc.resolve("fd"))) {
      return new Insides(
          number(TOTAL, histogram(child)),
          (int) number(THREADS, Files.readString(proc.resolve("status"))),
          (int) files.count());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Collects all garbage and tells what is left. */
  private static String histogram(Child child) throws IOException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process process =
        new ProcessBuilder(jcmd, Long.toString(child.pid()), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    try (InputStream out = process.getInputStream()) {
      return new String(out.readAllBytes(), UTF_8);
    }
  }

  private static long number(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("nothing like " + pattern + " was told");
    }
    return Long.parseLong(matcher.group(1));
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.process;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A JVM that we started. Lines of its standard output are its answers; they and its standard error
 * are in its log file. For one thread, except {@link #use} and {@link #kill}.
 */
public final class Child {
  private static final int LAST_LINES = 20;

  private final Launch launch;
  private final Process process;
  private final Path log;
  private final BufferedWriter in;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final long startedNanos = System.nanoTime();

  private Child(Launch launch, Process process, Path log) {
    this.launch = launch;
    this.process = process;
    this.log = log;
    this.in = process.outputWriter();
  }

  static Child start(Launch launch, Path folder) {
    Path log = folder.resolve(launch.name() + ".log");
    try {
      ProcessBuilder builder = new ProcessBuilder(command(launch));
      builder.environment().putAll(launch.environment());
      builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
      Child child = new Child(launch, builder.start(), log);
      Thread.ofPlatform().daemon().name("out-" + launch.name()).start(child::listen);
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(Launch launch) {
    if (!launch.isJava()) {
      return launch.arguments();
    }
    List<String> command = new ArrayList<>();
    if (launch.humble()) {
      command.addAll(List.of("nice", "-n", "5"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JvmOptions.of(launch.heap()));
    command.addAll(launch.jvm());
    command.addAll(List.of("-cp", launch.classPath(), launch.mainClass()));
    command.addAll(launch.arguments());
    return command;
  }

  private void listen() {
    try (BufferedReader out = process.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        answers.add(line);
      }
    } catch (IOException e) {
      // It ended; who waits for an answer sees that.
    }
  }

  /**
   * Waits until it works.
   *
   * @return what it said behind the word for it
   */
  public String awaitReady(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      String line = answer(Duration.ofNanos(end - System.nanoTime()), () -> {});
      if (line.startsWith(launch.ready())) {
        return line.substring(launch.ready().length()).strip();
      }
    }
  }

  /** Sends it a line and waits for its answer. */
  public String ask(String line, Duration limit) {
    return ask(line, limit, () -> {});
  }

  /**
   * The same.
   *
   * @param watch called again and again while it waits; what it throws ends the waiting
   */
  public String ask(String line, Duration limit, Runnable watch) {
    try {
      in.write(line);
      in.newLine();
      in.flush();
    } catch (IOException e) {
      throw failed("takes no orders");
    }
    return answer(limit, watch);
  }

  private String answer(Duration limit, Runnable watch) {
    long end = System.nanoTime() + limit.toNanos();
    try {
      while (System.nanoTime() < end) {
        String line = answers.poll(100, TimeUnit.MILLISECONDS);
        if (line != null) {
          return line;
        }
        if (answers.isEmpty()) {
          assertAlive();
        }
        watch.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was waited for by a thread that was interrupted");
    }
    throw failed("did not answer in time");
  }

  /**
   * Makes sure that it lives.
   *
   * @throws ProcessFailedException if it has ended, for whatever reason
   */
  public void assertAlive() {
    if (!process.isAlive()) {
      throw failed("ended with " + process.exitValue());
    }
  }

  private ProcessFailedException failed(String what) {
    return new ProcessFailedException(
        "%s %s; see %s, which ends with:%n%s".formatted(name(), what, log, lastLines()));
  }

  private String lastLines() {
    // Bytes that are no text, as an ended process can leave, must not hide why it ended.
    try (Stream<String> lines =
        new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines()) {
      List<String> all = lines.toList();
      return String.join("\n", all.subList(Math.max(0, all.size() - LAST_LINES), all.size()));
    } catch (IOException e) {
      return "(nothing)";
    }
  }

  /**
   * Lines that it has logged and in which this is found; those of an earlier process of its name
   * too.
   */
  public List<String> logged(Pattern what) {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> what.matcher(line).find()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its name in figures. */
  public String name() {
    return launch.name();
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Its log file. */
  public Path log() {
    return log;
  }

  /** Whether it lives. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** What it has used so far; nothing once it has ended. */
  public Use use() {
    return process.isAlive() ? Use.of(process.pid()) : Use.NONE;
  }

  /** Seconds since it was started. */
  public double age() {
    return (System.nanoTime() - startedNanos) / 1e9;
  }

  /** Asks it to stop in order, by SIGTERM, and gives its exit code. */
  public int terminate(Duration limit) {
    process.destroy();
    if (!ended(limit)) {
      kill();
      throw failed("did not stop in time");
    }
    return process.exitValue();
  }

  /** Ends it as a power cut would: kill -9. */
  public void kill() {
    process.destroyForcibly();
    ended(Duration.ofSeconds(10));
  }

  private boolean ended(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.fault;

import io.streambed.loadtests.process.Child;
import io.streambed.loadtests.subject.SubjectSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;

/** What needs a platform of its own, because of its settings, its disk or its clock. */
public final class OwnFaults {
  private static final Map<String, String> CREDENTIALS =
      Map.of("AWS_ACCESS_KEY_ID", "none", "AWS_SECRET_ACCESS_KEY", "none");
  private static final Map<String, String> NO_CREDENTIALS =
      Map.of("AWS_EC2_METADATA_DISABLED", "true", "AWS_CONFIG_FILE", "/none");
  // On another address than loopback the SDK asks for credentials.
  private static final String NO_HOST = "http://bedrock.invalid";

  /** The shortest that brokers take. */
  private static final Duration SHORT_SESSION = Duration.ofSeconds(6);

  private OwnFaults() {}

  /** All of them. */
  public static List<Fault> all() {
    return List.of(
        new Fault(
            "dns-failure",
            "bedrock.endpoint names a host that does not exist",
            "dead letter MODEL_UNAVAILABLE, calls 0",
            row -> {
              SubjectSettings settings = row.own().with("bedrock.endpoint", NO_HOST);
              Child child = row.start(settings, CREDENTIALS);
              return endingWith(child, row.ask(1).outcome());
            }),
        new Fault(
            "no-credentials",
            "there are none; then it is started again where none are needed",
            "kept, then answered, calls 1",
            OwnFaults::noCredentials),
        new Fault(
            "oversize-result",
            "prompt-results takes records of 500 bytes",
            "dead letter RESULT_TOO_LARGE, calls 1",
            row -> {
              NewTopic small =
                  new NewTopic("small-results", 1, (short) 1)
                      .configs(Map.of("max.message.bytes", "500"));
              PlatformFaults.await(row.stage().admin().createTopics(List.of(small)).all());
              SubjectSettings settings = row.own().with("topics.prompt.results", small.name());
              return endingWith(row.start(settings, Map.of()), row.ask(1).outcome());
            }),
        new Fault(
            "disk-full",
            "no room on the state directory's disk for 5 s",
            "6 answered",
            OwnFaults::diskFull),
        new Fault(
            "clock-step",
            "the clock steps half an hour ahead, and back during a back-off",
            "4 answered, calls 5",
            row -> withClock(row, "clock", (clock, reading) -> clockStep(row, clock, reading))),
        new Fault(
            "halted",
            "the clock steps 45 minutes ahead, as after a halt of the machine; there are standbys",
            "ends with 1, reads its state anew, 2 answered, calls 2",
            row ->
                withClock(
                    row, "clock-of-one-halted", (clock, reading) -> halted(row, clock, reading))));
  }

  private static Supplier<String> endingWith(Child child, Supplier<String> outcome) {
    return () -> {
      String observed = outcome.get();
      child.kill();
      return observed;
    };
  }

  private static Supplier<String> noCredentials(Row row) {
    SubjectSettings settings = row.own().with("drain.timeout.ms", 1_000);
    Child without = row.start(settings.with("bedrock.endpoint", NO_HOST), NO_CREDENTIALS);
    row.ask(1);
    boolean stopped =
        row.stage()
            .await(
                Duration.ofSeconds(40),
                () -> !without.logged(Pattern.compile("lane stopped")).isEmpty());
    String before = stopped && row.settled() == 0 ? "kept, then " : "not kept, then ";
    without.terminate(Duration.ofSeconds(60));
    Supplier<String> after = endingWith(row.start(settings, Map.of()), row.outcome());
    return () -> before + after.get();
  }

  private static Supplier<String> diskFull(Row row) {
    Path disk = row.stage().bench().data().resolve("small-disk");
    try {
      Files.createDirectories(disk);
      if (!done("mount", "-t", "tmpfs", "-o", "size=64m", "none", disk.toString())) {
        return () -> Fault.IMPOSSIBLE + "a small disk needs the right to mount one";
      }
      Child child = row.start(row.own().with("state.dir", disk.resolve("state")), Map.of());
      row.ask(1).awaitSettled();
      Path filler = fill(disk);
      row.ask(5);
      row.stage().rest(Duration.ofSeconds(5));
      Files.delete(filler);
      Supplier<String> outcome = endingWith(child, row.outcome());
      return () -> {
        String observed = outcome.get();
        done("umount", disk.toString());
        return observed;
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path fill(Path disk) throws IOException {
    Path filler = disk.resolve("filler");
    byte[] block = new byte[1 << 12];
    try (var out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      return filler; // It is full.
    }
  }

  private static boolean done(String... command) {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Plays a fault of the clock: with a file that tells the time, and what makes a process read it.
   */
  private static Supplier<String> withClock(
      Row row, String file, BiFunction<Path, Map<String, String>, Supplier<String>> fault) {
    Path clock = row.stage().bench().data().resolve(file);
    return fakeTime()
        .map(library -> fault.apply(clock, reading(clock, library)))
        .orElse(() -> Fault.IMPOSSIBLE + "install libfaketime, or set LIBFAKETIME to its path");
  }

  private static Supplier<String> clockStep(Row row, Path clock, Map<String, String> variables) {
    SubjectSettings settings =
        row.own()
            .with("retry.backoff.ms", 5_000)
            .with("retry.backoff.max.ms", 5_000)
            .with("session.timeout.ms", SHORT_SESSION.toMillis());
    Child child = row.start(settings, variables);
    row.ask(1).awaitSettled();
    set(clock, "+30m");
    // The library looks at the file once a second.
    row.stage().rest(Duration.ofSeconds(2));
    row.fault("{\"effect\":\"error\",\"type\":\"InternalServerException\",\"next\":1");
    row.ask(1);
    row.stage().await(Duration.ofSeconds(20), () -> row.calls() == 2);
    row.stage().rest(Duration.ofSeconds(1));
    set(clock, "+0");
    row.stage().rest(Duration.ofSeconds(3));
    row.ask(1);
    // Kafka's own consumer has a clock of its own, and may be taken for dead by now.
    row.stage().rest(SHORT_SESSION.multipliedBy(2));
    row.ask(1);
    return endingWith(child, row.outcome());
  }

  private static Supplier<String> halted(Row row, Path clock, Map<String, String> variables) {
    SubjectSettings settings = row.own().with("standby.replicas", 1);
    Child child = row.start(settings, variables);
    row.ask(1).awaitSettled();
    set(clock, "+45m");
    row.stage().await(Duration.ofSeconds(60), () -> !child.isAlive());
    int code = child.terminate(Duration.ofSeconds(30));
    Child again = row.start(settings, variables);
    Pattern anew = Pattern.compile("is read from Kafka");
    String state = again.logged(anew).isEmpty() ? "keeps its state" : "reads its state anew";
    Supplier<String> outcome = endingWith(again, row.ask(1).outcome());
    return () -> "ends with %d, %s, %s".formatted(code, state, outcome.get());
  }

  /** What makes a process take its time from a file, which says nothing of it yet. */
  private static Map<String, String> reading(Path clock, Path library) {
    set(clock, "+0");
    return Map.of(
        "LD_PRELOAD",
        library.toString(),
        "FAKETIME_TIMESTAMP_FILE",
        clock.toString(),
        "FAKETIME_DISABLE_SHM",
        "1",
        "FAKETIME_CACHE_DURATION",
        "1",
        "FAKETIME_DONT_FAKE_MONOTONIC",
        "1",
        // Otherwise waits on the monotonic clock end at once, or never.
        "FAKETIME_FORCE_MONOTONIC_FIX",
        "0");
  }

  private static Optional<Path> fakeTime() {
    return Stream.of(
            System.getenv().getOrDefault("LIBFAKETIME", ""),
            "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
            "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1",
            "/usr/lib64/faketime/libfaketime.so.1")
        .filter(path -> !path.isEmpty())
        .map(Path::of)
        .filter(Files::exists)
        .findFirst();
  }

  private static void set(Path clock, String offset) {
    try {
      Files.writeString(clock, offset + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

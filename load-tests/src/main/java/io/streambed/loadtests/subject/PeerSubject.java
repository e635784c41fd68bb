/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.subject;

import io.streambed.loadtests.process.Launch;
import io.streambed.loadtests.service.BareClientMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a user could pick instead. Its folder holds the name of its main class in the file {@code
 * main-class}, and after its build {@code target/classes} and {@code target/classpath.txt}. The
 * file {@code jvm-options}, if there is one, holds an option a line, and the file {@code
 * partitions} how many its topics are best given.
 *
 * @param name name of the folder, and how often it commits where that was said
 * @param folder the folder
 * @param commitMillis how often it commits; absent for what is measured of all
 */
public record PeerSubject(String name, Path folder, OptionalInt commitMillis) implements Subject {

  private static final Pattern WISH = Pattern.compile("([^@]+)(?:@(\\d{1,6}))?");

  /**
   * A peer by its name.
   *
   * @param wish its folder; after an @, how often it commits, in milliseconds
   * @throws IllegalArgumentException if there is none, or it is put otherwise
   */
  public static PeerSubject of(Path root, String wish) {
    Matcher said = WISH.matcher(wish);
    if (!said.matches()) {
      throw new IllegalArgumentException(
          "%s is no peer: give the name of one, or NAME@MILLISECONDS".formatted(wish));
    }
    String name = said.group(1);
    Path peers = root.resolve("load-tests/peers");
    Path folder = peers.resolve(name);
    if (!Files.exists(folder.resolve("main-class"))) {
      throw new IllegalArgumentException(
          "there is no peer %s in %s".formatted(name, peers.toAbsolutePath()));
    }
    return said.group(2) == null
        ? new PeerSubject(name, folder, OptionalInt.empty())
        : new PeerSubject(
            name + "-" + said.group(2) + "ms",
            folder,
            OptionalInt.of(Integer.parseInt(said.group(2))));
  }

  @Override
  public int partitions() {
    Path file = folder.resolve("partitions");
    try {
      return Files.exists(file)
          ? Integer.parseInt(Files.readString(file).strip())
          : Subject.super.partitions();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Launch launch(Endpoints endpoints, SubjectSettings settings) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--kafka", endpoints.kafka()));
    arguments.addAll(List.of("--registry", endpoints.registry()));
    arguments.addAll(List.of("--bedrock", endpoints.bedrock()));
    arguments.addAll(List.of("--model", BareClientMain.MODEL));
    arguments.addAll(List.of("--limit", Integer.toString(settings.limit())));
    arguments.addAll(List.of("--instance", settings.instance()));
    arguments.addAll(List.of("--state", settings.stateDir().toString()));
    arguments.addAll(
        List.of("--commit-ms", Integer.toString(commitMillis.orElse(settings.commitMillis()))));
    try {
      Files.createDirectories(settings.stateDir());
      Path options = folder.resolve("jvm-options");
      return new Launch(
          settings.instance(),
          settings.heap(),
          Files.exists(options) ? Files.readAllLines(options) : List.of(),
          folder.resolve("target/classes")
              + ":"
              + Files.readString(folder.resolve("target/classpath.txt")).strip(),
          Files.readString(folder.resolve("main-class")).strip(),
          arguments,
          Map.of(),
          Launch.READY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Every process of a run. None outlives it: they are killed on close, when this JVM ends for
 * whatever reason but kill -9, and when the run has taken too long. Our own services also end when
 * this JVM is gone. Safe for use by many threads.
 */
public final class Children implements AutoCloseable {
  /** Exit status of a run that took too long. */
  public static final int TOO_LONG = 3;

  private final Path folder;
  private final List<Child> all = new CopyOnWriteArrayList<>();
  private final Thread hook = new Thread(this::killAll, "end-of-run");
  private final Thread deadline;

  /**
   * @param folder for the log files; it exists
   * @param limit after it everything is killed, and this JVM ends
   */
  public Children(Path folder, Duration limit) {
    this.folder = folder;
    Runtime.getRuntime().addShutdownHook(hook);
    this.deadline = Thread.ofPlatform().daemon().name("deadline").start(() -> enforce(limit));
  }

  private void enforce(Duration limit) {
    try {
      Thread.sleep(limit);
    } catch (InterruptedException e) {
      return;
    }
    System.err.printf("the run has not ended within %s: giving up%n", limit);
    killAll();
    Runtime.getRuntime().halt(TOO_LONG);
  }

  /** Starts a process; see {@link Child#awaitReady}. */
  public Child start(Launch launch) {
    Child child = Child.start(launch, folder);
    all.add(child);
    return child;
  }

  /** The processes that live. */
  public List<Child> living() {
    return all.stream().filter(Child::isAlive).toList();
  }

  /** Where the log files are. */
  public Path folder() {
    return folder;
  }

  /** Kills those that live. */
  public void killAll() {
    all.forEach(Child::kill);
  }

  @Override
  public void close() {
    deadline.interrupt();
    killAll();
    Runtime.getRuntime().removeShutdownHook(hook);
  }
}

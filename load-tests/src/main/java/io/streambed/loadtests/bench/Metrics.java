/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.bench;

import io.streambed.loadtests.process.Child;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Streambed's own metrics, as Prometheus reads them. */
public final class Metrics implements AutoCloseable {
  private static final String ADDRESS = "health and metrics at ";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Child child;

  /** Of an instance that works. */
  public Metrics(Child child) {
    this.child = child;
  }

  /**
   * Sum of all values whose line begins so; 0 where there is none.
   *
   * @param begins a name, and as much of its tags as is wanted
   */
  public double sum(String begins) {
    List<String> told = child.logged(Pattern.compile("^" + ADDRESS));
    if (told.isEmpty()) {
      return 0;
    }
    URI address = URI.create(told.getLast().substring(ADDRESS.length()) + "/metrics");
    try {
      return http.send(
              HttpRequest.newBuilder(address).timeout(LIMIT).build(), BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.startsWith(begins))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException e) {
      throw new BenchException("no metrics at " + address, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}

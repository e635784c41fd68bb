/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.limits;

import io.streambed.processors.ops.LimitsReport;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Asks instances for their limits, and those that they name as well. For one thread. */
public final class Instances implements AutoCloseable {

  /** A machine that is gone does not even refuse. */
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build();

  /**
   * What came back.
   *
   * @param reports one of each instance that has told
   * @param silent those that have not, and why
   */
  public record Found(List<LimitsReport> reports, Map<URI, String> silent) {

    /** The part of the work that is done by those that have told: 1 where all have. */
    public double share() {
      return reports.stream().mapToDouble(LimitsReport::share).sum();
    }
  }

  /** What one address answered: a report, or why there is none. */
  private sealed interface Answer {
    record Told(LimitsReport report) implements Answer {}

    record Silent(String why) implements Answer {}
  }

  /** Asks those at the addresses, and all that they know of. */
  public Found ask(List<URI> addresses) {
    Map<String, LimitsReport> reports = new LinkedHashMap<>();
    Map<URI, String> silent = new LinkedHashMap<>();
    Set<URI> asked = new LinkedHashSet<>();
    List<URI> next = List.copyOf(new LinkedHashSet<>(addresses));
    while (!next.isEmpty()) {
      asked.addAll(next);
      Map<URI, CompletableFuture<Answer>> answers = new LinkedHashMap<>();
      next.forEach(address -> answers.put(address, askOne(address)));
      List<URI> named = new ArrayList<>();
      answers.forEach((address, answer) -> {
        switch (answer.join()) {
          case Answer.Told told -> {
            // The same instance may have several addresses.
            reports.putIfAbsent(told.report().instanceId(), told.report());
            told.report().instances().forEach(name -> named.add(URI.create(name)));
          }
          case Answer.Silent no -> silent.put(address, no.why());
        }
      });
      next = named.stream().distinct().filter(address -> !asked.contains(address)).toList();
    }
    return new Found(List.copyOf(reports.values()), silent);
  }

  private CompletableFuture<Answer> askOne(URI address) {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/limits")).timeout(ANSWER_LIMIT).build();
    return http.sendAsync(request, BodyHandlers.ofString())
        .handle((response, failure) -> failure == null ? read(response) : silent(failure));
  }

  private static Answer read(HttpResponse<String> response) {
    return switch (response.statusCode()) {
      case OK ->
          LimitsReport.read(response.body())
              .<Answer>map(Answer.Told::new)
              .orElseGet(() -> new Answer.Silent("what listens there is no Streambed"));
      case UNAVAILABLE -> new Answer.Silent("it is still starting");
      default ->
          new Answer.Silent("what listens there is no Streambed, or one that serves no limits");
    };
  }

  private static Answer silent(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return new Answer.Silent(
        cause instanceof ConnectException ? "nothing listens there" : "it does not answer in time");
  }

  @Override
  public void close() {
    http.close();
  }
}

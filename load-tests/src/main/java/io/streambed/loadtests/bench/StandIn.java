/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streambed.loadtests.judgement.Call;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The stand-in for Amazon Bedrock, by its control API. For one thread. */
public final class StandIn implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE = 5_000;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;

  StandIn(String url) {
    this.url = url;
  }

  /** From now on every model takes exactly so long. */
  public void takes(Duration time) {
    send("PUT", "latency", "{\"kind\":\"fixed\",\"millis\":%d}".formatted(time.toMillis()));
  }

  /** From now on every model takes anything between these, each as likely. */
  public void takesBetween(Duration least, Duration most) {
    send(
        "PUT",
        "latency",
        "{\"kind\":\"uniform\",\"leastMillis\":%d,\"mostMillis\":%d}"
            .formatted(least.toMillis(), most.toMillis()));
  }

  /** Sets something to go wrong, as {@code docs/stand-in.md} describes it. */
  public void fault(String json) {
    send("POST", "faults", json);
  }

  /** Sets a quota, as {@code docs/stand-in.md} describes it. */
  public void quota(String json) {
    send("PUT", "quotas", json);
  }

  /**
   * What has been asked of all models together.
   *
   * @param granted calls that could start
   * @param refused calls that were throttled
   * @param tokens tokens that ended calls have taken of their quotas
   */
  public record Asked(long granted, long refused, long tokens) {

    /** What has been asked since an earlier look. */
    public Asked since(Asked before) {
      return new Asked(granted - before.granted, refused - before.refused, tokens - before.tokens);
    }

    /** Part of the calls that was throttled. */
    public double refusedShare() {
      return granted + refused == 0 ? 0 : (double) refused / (granted + refused);
    }
  }

  /** What has been asked so far. */
  public Asked asked() {
    Asked all = new Asked(0, 0, 0);
    for (JsonNode route : send("GET", "quotas/used", "")) {
      all =
          new Asked(
              all.granted + route.path("granted").asLong(),
              all.refused + route.path("refused").asLong(),
              all.tokens + route.path("usedTokens").asLong());
    }
    return all;
  }

  /** Nothing goes wrong any more. */
  public void noFaults() {
    send("DELETE", "faults", "");
  }

  /** Most calls that were open at one time since the ledger was cleared. */
  public int mostOpen() {
    return send("GET", "ledger/summary", "").path("mostOpen").asInt();
  }

  /** Calls that are open now. */
  public int open() {
    return send("GET", "ledger/summary", "").path("open").asInt();
  }

  /** Forgets all calls. */
  public void clearLedger() {
    send("DELETE", "ledger", "");
  }

  /** How many calls were received on behalf of a tenant since the ledger was cleared. */
  public int callsOf(String tenant) {
    return send("GET", "ledger?limit=" + PAGE + "&metadata.streambed-tenant=" + tenant, "").size();
  }

  /** Every call that was received since the ledger was cleared. */
  public List<Call> ledger() {
    List<Call> calls = new ArrayList<>();
    long after = 0;
    JsonNode page;
    do {
      page = send("GET", "ledger?limit=" + PAGE + "&after=" + after, "");
      for (JsonNode entry : page) {
        calls.add(call(entry));
        after = entry.path("sequence").asLong();
      }
    } while (!page.isEmpty());
    return calls;
  }

  private static Call call(JsonNode entry) {
    return new Call(
        entry.hasNonNull("attempt")
            ? Optional.of(entry.path("attempt").asText())
            : Optional.empty(),
        entry.path("metadata").path("streambed-tenant").asText(),
        entry.path("outcome").asText(),
        entry.path("picoDollars").asLong(),
        Instant.parse(entry.path("receivedAt").asText()).toEpochMilli());
  }

  private JsonNode send(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/_streambed/" + path))
            .timeout(LIMIT)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new BenchException(
            "the stand-in refuses " + method + " " + path + ": " + response.body(), null);
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new BenchException("the stand-in does not answer " + method + " " + path, e);
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

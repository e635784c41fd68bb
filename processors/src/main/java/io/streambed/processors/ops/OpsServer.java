/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.ops;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.streambed.processors.ops.Health.Scope;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves health, metrics, limits and build information over HTTP: {@code /health/live}, {@code
 * /health/ready}, {@code /metrics}, {@code /limits}, {@code /info}. Nobody is asked who they are,
 * so it listens on loopback unless told otherwise.
 */
public final class OpsServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OpsServer.class);
  private static final String JSON = "application/json";

  private final WebServer server;
  private final OpsConfig config;

  private OpsServer(WebServer server, OpsConfig config) {
    this.server = server;
    this.config = config;
  }

  /**
   * Starts it.
   *
   * @param limits what the platform tells of its lanes, once it has started
   * @throws OpsServerException if the address cannot be listened on
   */
  public static OpsServer start(
      OpsConfig config,
      Health health,
      PlatformMetrics metrics,
      Supplier<Optional<LimitsReport>> limits,
      ServiceInfo info,
      Clock clock) {
    HttpRouting.Builder routes =
        HttpRouting.builder()
            .get("/health/live", (in, out) -> live(health, out))
            .get("/health/ready", (in, out) -> ready(health, limits, out))
            .get("/metrics", (in, out) -> metrics(metrics, in, out))
            .get("/limits", (in, out) -> limits(limits, out))
            .get("/info", (in, out) -> send(out, JSON, info.json(clock.instant())));
    WebServer server =
        WebServer.builder()
            .host(config.host())
            .port(config.port())
            .shutdownHook(false)
            .routing(routes)
            .build();
    listen(server, config);
    OpsServer started = new OpsServer(server, config);
    LOG.atInfo().addKeyValue("address", started.address()).log("serving health and metrics");
    return started;
  }

  /** Where it listens. */
  public URI address() {
    return URI.create("http://" + bracketed(config.host()) + ":" + server.port());
  }

  /** Where others reach it, if that is known. */
  public Optional<URI> advertised() {
    return config
        .advertisedHost()
        .or(() -> isAny() ? ownHost() : Optional.of(config.host()))
        .map(host -> URI.create("http://" + bracketed(host) + ":" + server.port()));
  }

  private boolean isAny() {
    return config.host().equals("0.0.0.0") || config.host().equals("::");
  }

  private static Optional<String> ownHost() {
    try {
      return Optional.of(InetAddress.getLocalHost().getHostAddress());
    } catch (UnknownHostException e) {
      LOG.atWarn()
          .log(
              "this machine's address is not known; set ops.advertised.host to be found by others");
      return Optional.empty();
    }
  }

  private static String bracketed(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }

  @Override
  public void close() {
    server.stop();
  }

  private static void live(Health health, ServerResponse out) {
    HealthReport report = health.report(Scope.LIVE);
    out.status(status(report));
    send(out, JSON, report.json());
  }

  private static void ready(
      Health health, Supplier<Optional<LimitsReport>> limits, ServerResponse out) {
    HealthReport report = health.report(Scope.READY);
    out.status(status(report));
    send(out, JSON, limits.get().map(told -> report.json(told.lanes())).orElseGet(report::json));
  }

  private static Status status(HealthReport report) {
    return report.up() ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503;
  }

  private static void limits(Supplier<Optional<LimitsReport>> limits, ServerResponse out) {
    Optional<LimitsReport> report = limits.get();
    out.status(report.isPresent() ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503);
    send(out, JSON, report.map(LimitsReport::json).orElse("{}"));
  }

  private static void metrics(PlatformMetrics metrics, ServerRequest in, ServerResponse out) {
    Optional<String> accept = in.headers().first(HeaderNames.ACCEPT);
    String type = metrics.contentType(accept);
    send(out, type, metrics.scrape(type));
  }

  private static void send(ServerResponse out, String type, String text) {
    out.header(HeaderNames.CONTENT_TYPE, type);
    out.header(HeaderNames.CACHE_CONTROL, "no-store");
    out.send(text);
  }

  /** The web server only logs that it cannot listen, so it is asked. */
  private static void listen(WebServer server, OpsConfig config) {
    RuntimeException failure = null;
    try {
      server.start();
    } catch (RuntimeException e) {
      failure = e;
    }
    if (failure != null || !server.isRunning() || server.port() <= 0) {
      server.stop();
      throw OpsServerException.cannotListen(config, failure);
    }
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.http;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.http2.Http2Config;
import io.helidon.webserver.http2.Http2ConnectionSelector;
import io.streambed.local.port.PortTakenException;
import io.streambed.local.port.Ports;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A server for HTTP/1.1 and HTTP/2 with prior knowledge on one port, without TLS. Each request runs
 * on a virtual thread, so a handler may wait.
 */
public final class HttpPort implements AutoCloseable {
  /** Largest body that Bedrock takes, and with it any of ours. */
  private static final long MAX_BODY_BYTES = 25_000_000;

  /** A client of HTTP/2 opens as many streams on a connection as the server allows. */
  private static final int STREAMS_PER_CONNECTION = 128;

  /** Held, because the logging of the JDK forgets the level of a logger that nobody holds. */
  private static final Logger SERVER_LOG = Logger.getLogger("io.helidon");

  static {
    if (SERVER_LOG.getLevel() == null) {
      // The server reports its start and each broken connection; here those are everyday events.
      SERVER_LOG.setLevel(Level.OFF);
    }
  }

  private final Map<String, WatchedConnection> connections = new ConcurrentHashMap<>();
  private final Consumer<Exchange> handler;
  private final WebServer server;
  private final String host;

  private HttpPort(String host, int port, Consumer<Exchange> handler) {
    this.host = host;
    this.handler = handler;
    this.server =
        WebServer.builder()
            .host(host)
            .port(port)
            .shutdownHook(false)
            .shutdownGracePeriod(Duration.ofMillis(100))
            .maxPayloadSize(MAX_BODY_BYTES)
            .backlog(4096)
            .useNio(false)
            .protocolsDiscoverServices(false)
            .featuresDiscoverServices(false)
            .addConnectionSelector(new WatchingSelector(http1(), true, connections))
            .addConnectionSelector(new WatchingSelector(http2(), false, connections))
            .routing(routing -> routing.any(this::handle))
            .build();
  }

  /**
   * Starts to listen.
   *
   * @param service name of the service, for the error if the port is taken
   * @param host address to listen on
   * @param port port; 0 picks a free one
   * @param flag command-line flag that chooses the port, for the same error
   * @param handler gets every request
   * @throws PortTakenException if the port is taken
   */
  public static HttpPort open(
      String service, String host, int port, String flag, Consumer<Exchange> handler) {
    if (port != 0 && !Ports.isFree(host, port)) {
      throw new PortTakenException(service, host, port, flag);
    }
    HttpPort opened = new HttpPort(host, port, handler);
    try {
      opened.server.start();
    } catch (RuntimeException e) {
      opened.close();
      if (port != 0) {
        throw new PortTakenException(service, host, port, flag);
      }
      throw e;
    }
    return opened;
  }

  /** The port that is listened on. */
  public int port() {
    return server.port();
  }

  /** Base address, without a slash at the end. */
  public String url() {
    return "http://" + host + ":" + port();
  }

  /** Stops listening and cuts what is open. */
  @Override
  public void close() {
    connections.values().forEach(Client::cut);
    server.stop();
  }

  private void handle(ServerRequest request, ServerResponse response) {
    WatchedConnection connection = connections.get(request.socketId());
    if (connection != null) {
      handler.accept(new Exchange(request, response, connection));
    }
  }

  private static Http1ConnectionSelector http1() {
    return Http1ConnectionSelector.builder()
        .config(Http1Config.builder().validatePath(false).build())
        .build();
  }

  private static Http2ConnectionSelector http2() {
    return Http2ConnectionSelector.builder()
        .http2Config(
            Http2Config.builder()
                .maxConcurrentStreams(STREAMS_PER_CONNECTION)
                .initialWindowSize(1 << 20)
                .validatePath(false)
                .build())
        .build();
  }
}

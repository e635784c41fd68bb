/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Lets another selector speak its protocol over watched connections. */
final class WatchingSelector implements ServerConnectionSelector {
  private final ServerConnectionSelector protocol;
  private final boolean readAhead;
  private final Map<String, WatchedConnection> open;

  /**
   * @param readAhead whether nobody reads while a handler runs
   * @param open where connections are kept by their id while they are open; of several threads
   */
  WatchingSelector(
      ServerConnectionSelector protocol, boolean readAhead, Map<String, WatchedConnection> open) {
    this.protocol = protocol;
    this.readAhead = readAhead;
    this.open = open;
  }

  @Override
  public int bytesToIdentifyConnection() {
    return protocol.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return protocol.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return protocol.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    WatchedConnection watched = new WatchedConnection(context, readAhead);
    ServerConnection connection = protocol.connection(watched);
    open.put(context.childSocketId(), watched);
    return new Ending(
        connection,
        () -> {
          open.remove(context.childSocketId());
          watched.ended();
        });
  }

  /** A connection that tells when it has ended. */
  private record Ending(ServerConnection connection, Runnable ended) implements ServerConnection {
    @Override
    public void handle(Limit limit) throws InterruptedException {
      try {
        connection.handle(limit);
      } finally {
        ended.run();
      }
    }

    @Override
    public Duration idleTime() {
      return connection.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
      connection.close(interrupt);
    }
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose closing is noticed while a request waits for its answer.
 *
 * <p>Over HTTP/1.1 nobody reads while a handler runs, so a client that leaves would be noticed only
 * by writing, and not even by the first write. Therefore the next bytes are read ahead by another
 * virtual thread; they are handed over when the server itself asks for them. {@code early} belongs
 * to the connection's own thread, which also runs the handlers. Over HTTP/2 the server reads all
 * the time, and {@code closed} tells when it stops.
 */
final class WatchedConnection implements ConnectionContext, Client {
  private final ConnectionContext delegate;
  private final boolean readAhead;
  private final DataReader reader;
  private final CompletableFuture<byte @Nullable []> closed = new CompletableFuture<>();
  private @Nullable CompletableFuture<byte @Nullable []> early;

  WatchedConnection(ConnectionContext delegate, boolean readAhead) {
    this.delegate = delegate;
    this.readAhead = readAhead;
    this.reader = readAhead ? DataReader.create(this::next) : delegate.dataReader();
  }

  /** The server handles the connection no more. */
  void ended() {
    closed.complete(null);
  }

  @Override
  public boolean await(Duration time) {
    if (!time.isPositive()) {
      return early == null || !isGone(early);
    }
    long start = System.nanoTime();
    try {
      byte[] bytes = ahead().get(time.toNanos(), TimeUnit.NANOSECONDS);
      if (bytes == null) {
        return false;
      }
      // The client sent its next request without waiting for this answer: so it is there.
      TimeUnit.NANOSECONDS.sleep(time.toNanos() - (System.nanoTime() - start));
      return true;
    } catch (TimeoutException e) {
      return true;
    } catch (ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      // The server is stopping.
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void cut() {
    try {
      delegate.serverSocket().close();
    } catch (UncheckedIOException e) {
      // Either side may have closed it in this very moment; it is cut all the same.
    }
  }

  private CompletableFuture<byte @Nullable []> ahead() {
    if (!readAhead) {
      return closed;
    }
    if (early == null) {
      CompletableFuture<byte @Nullable []> started = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> complete(started));
      early = started;
    }
    return early;
  }

  private void complete(CompletableFuture<byte @Nullable []> bytes) {
    try {
      bytes.complete(read());
    } catch (RuntimeException e) {
      bytes.completeExceptionally(e);
    }
  }

  private static boolean isGone(CompletableFuture<byte @Nullable []> bytes) {
    return bytes.isDone() && (bytes.isCompletedExceptionally() || bytes.join() == null);
  }

  /** For the server, on the connection's thread. */
  private byte @Nullable [] next() {
    CompletableFuture<byte @Nullable []> started = early;
    if (started == null) {
      return read();
    }
    early = null;
    try {
      return started.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      // The server ends idle connections so.
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private byte @Nullable [] read() {
    DataReader first = delegate.dataReader();
    int known = first.available();
    return known > 0 ? first.readBytes(known) : delegate.serverSocket().get();
  }

  @Override
  public DataReader dataReader() {
    return reader;
  }

  @Override
  public ListenerContext listenerContext() {
    return delegate.listenerContext();
  }

  @Override
  public ExecutorService executor() {
    return delegate.executor();
  }

  @Override
  public DataWriter dataWriter() {
    return delegate.dataWriter();
  }

  @Override
  public Router router() {
    return delegate.router();
  }

  @Override
  public Optional<ProxyProtocolData> proxyProtocolData() {
    return delegate.proxyProtocolData();
  }

  @Override
  public HelidonSocket serverSocket() {
    return delegate.serverSocket();
  }

  @Override
  public PeerInfo remotePeer() {
    return delegate.remotePeer();
  }

  @Override
  public PeerInfo localPeer() {
    return delegate.localPeer();
  }

  @Override
  public boolean isSecure() {
    return delegate.isSecure();
  }

  @Override
  public String socketId() {
    return delegate.socketId();
  }

  @Override
  public String childSocketId() {
    return delegate.childSocketId();
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.streambed.local.port.PortTakenException;
import io.streambed.local.port.Ports;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A server for HTTP/1.1 and HTTP/2 with prior knowledge on one port, without TLS. A few threads
 * serve all connections: a handler must not block.
 */
public final class HttpPort implements AutoCloseable {
  private static final int BACKLOG = 4096;
  private static final long STOP_MILLIS = 100;

  private final EventLoopGroup threads;
  private final ChannelGroup connections =
      new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
  private final Channel listening;
  private final String host;

  private HttpPort(String host, int port, Consumer<Exchange> handler) {
    this.host = host;
    this.threads =
        new NioEventLoopGroup(
            Runtime.getRuntime().availableProcessors(), new DefaultThreadFactory("http", true));
    try {
      this.listening = listen(port, handler);
    } catch (Exception e) {
      // Netty throws what the system said as it is, though it is declared nowhere.
      threads.shutdownGracefully(0, STOP_MILLIS, TimeUnit.MILLISECONDS);
      throw e;
    }
  }

  private Channel listen(int port, Consumer<Exchange> handler) {
    return new ServerBootstrap()
        .group(threads)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel connection) {
                connections.add(connection);
                connection.pipeline().addLast(new ProtocolChoice(handler));
              }
            })
        .bind(host, port)
        .syncUninterruptibly()
        .channel();
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
    try {
      return new HttpPort(host, port, handler);
    } catch (Exception e) {
      if (port != 0 && e instanceof IOException) {
        throw new PortTakenException(service, host, port, flag);
      }
      throw e;
    }
  }

  /** The port that is listened on. */
  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /** Base address, without a slash at the end. */
  public String url() {
    return "http://" + host + ":" + port();
  }

  /** Stops listening and cuts what is open. */
  @Override
  public void close() {
    listening.close().awaitUninterruptibly();
    connections.close().awaitUninterruptibly();
    threads
        .shutdownGracefully(0, STOP_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(STOP_MILLIS);
  }
}

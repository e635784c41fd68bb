/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes exchanges of the requests of one connection, or of the one of a stream. A client that sends
 * its next request early waits until the one before is answered.
 */
final class Exchanges extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Request NOTHING = new Request("", "", Map.of(), Map.of(), new byte[0]);

  private final Consumer<Exchange> handler;
  private final Queue<ChannelExchange> early = new ArrayDeque<>();
  private @Nullable ChannelExchange current;

  Exchanges(Consumer<Exchange> handler) {
    this.handler = handler;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) {
    if (!message.decoderResult().isSuccess()) {
      new ChannelExchange(NOTHING, context.channel(), false)
          .reply(HttpResponseStatus.BAD_REQUEST.code(), Map.of(), NOTHING.body());
      return;
    }
    early.add(
        new ChannelExchange(request(message), context.channel(), HttpUtil.isKeepAlive(message)));
    next();
  }

  private void next() {
    while (current == null && !early.isEmpty()) {
      ChannelExchange exchange = early.remove();
      current = exchange;
      exchange.whenOver(ending -> {
        current = null;
        next();
      });
      exchange.attempt(() -> handler.accept(exchange));
    }
  }

  private static Request request(FullHttpRequest message) {
    QueryStringDecoder uri = new QueryStringDecoder(message.uri());
    Map<String, String> headers = new HashMap<>();
    message
        .headers()
        .forEach(header ->
            headers.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
    return new Request(
        message.method().name(),
        uri.rawPath(),
        uri.parameters(),
        headers,
        ByteBufUtil.getBytes(message.content()));
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    early.clear();
    if (current != null) {
      current.left();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A client that breaks off, or does not speak HTTP: for a server an everyday event.
    context.close();
  }
}

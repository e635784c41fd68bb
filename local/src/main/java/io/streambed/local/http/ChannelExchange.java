/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An exchange over a connection of HTTP/1.1 or a stream of HTTP/2. */
final class ChannelExchange implements Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(ChannelExchange.class);

  private final Request request;
  private final Channel channel;
  private final EventExecutor thread;
  private final boolean keepAlive;
  private final List<Consumer<Ending>> listeners = new ArrayList<>();
  private boolean begun;
  private boolean over;

  /**
   * @param keepAlive whether the connection serves another request afterwards
   */
  ChannelExchange(Request request, Channel channel, boolean keepAlive) {
    this.request = request;
    this.channel = channel;
    this.thread = channel.eventLoop();
    this.keepAlive = keepAlive;
  }

  @Override
  public Request request() {
    return request;
  }

  @Override
  public void after(Duration time, Runnable step) {
    Runnable guarded =
        () -> {
          if (!over) {
            attempt(step);
          }
        };
    if (time.isPositive()) {
      thread.schedule(guarded, time.toNanos(), TimeUnit.NANOSECONDS);
    } else {
      thread.execute(guarded);
    }
  }

  /** Carries out a step; a defect in it is the exchange's end and not the connection's silence. */
  void attempt(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      // Where it happened and not what: a message can quote a request.
      LOG.atError()
          .addKeyValue("failure", e.getClass().getName())
          .addKeyValue("at", Arrays.stream(e.getStackTrace()).limit(3).toList())
          .log("a request failed");
      if (begun) {
        cut();
      } else {
        reply(HttpResponseStatus.INTERNAL_SERVER_ERROR.code(), Map.of(), new byte[0]);
      }
    }
  }

  @Override
  public void whenOver(Consumer<Ending> listener) {
    listeners.add(listener);
  }

  @Override
  public void reply(int status, Map<String, String> headers, byte[] body) {
    if (!thread.inEventLoop()) {
      thread.execute(() -> reply(status, headers, body));
    } else if (!over) {
      var response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1,
              HttpResponseStatus.valueOf(status),
              Unpooled.wrappedBuffer(body));
      headers.forEach(response.headers()::set);
      response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
      last(channel.writeAndFlush(ofThisConnection(response)));
    }
  }

  @Override
  public void begin(int status, Map<String, String> headers) {
    begun = true;
    var response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
    headers.forEach(response.headers()::set);
    HttpUtil.setTransferEncodingChunked(
        response, !response.headers().contains(HttpHeaderNames.CONTENT_LENGTH));
    channel.write(ofThisConnection(response));
  }

  private HttpResponse ofThisConnection(HttpResponse response) {
    HttpUtil.setKeepAlive(response, keepAlive);
    return response;
  }

  @Override
  public void write(byte[] piece) {
    channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(piece)));
  }

  @Override
  public void end() {
    last(channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT));
  }

  private void last(ChannelFuture written) {
    if (!keepAlive) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
    over(Ending.ANSWERED);
  }

  @Override
  public void cut() {
    over(Ending.CUT);
    // A stream of HTTP/2 is a child of its connection.
    (channel instanceof Http2StreamChannel stream ? stream.parent() : channel).close();
  }

  /** The connection or the stream is closed. */
  void left() {
    over(Ending.LEFT);
  }

  private void over(Ending ending) {
    if (!over) {
      over = true;
      listeners.forEach(listener -> listener.accept(ending));
    }
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds out whether a client speaks HTTP/2 or HTTP/1.1, and has the connection handled so. A client
 * of HTTP/2 begins with a request that has a method of its own (RFC 9113, section 3.4).
 */
final class ProtocolChoice extends ByteToMessageDecoder {
  /** Largest body that Bedrock takes, and with it any of ours. */
  private static final int MAX_BODY_BYTES = 25_000_000;

  /** A client of HTTP/2 opens as many streams on a connection as the server allows. */
  private static final int STREAMS_PER_CONNECTION = 128;

  private static final int WINDOW_BYTES = 1 << 20;
  private static final byte[] METHOD = {'P', 'R', 'I'};

  private final Consumer<Exchange> handler;

  ProtocolChoice(Consumer<Exchange> handler) {
    this.handler = handler;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (in.readableBytes() < METHOD.length) {
      return;
    }
    boolean http2 = true;
    for (int i = 0; i < METHOD.length; i++) {
      http2 &= in.getByte(in.readerIndex() + i) == METHOD[i];
    }
    if (http2) {
      http2(context.pipeline());
    } else {
      context.pipeline().addLast(new HttpServerCodec());
      requests(context.pipeline());
    }
    // What was read goes to those that were added.
    context.pipeline().remove(this);
  }

  private void http2(ChannelPipeline pipeline) {
    pipeline.addLast(
        Http2FrameCodecBuilder.forServer()
            .initialSettings(
                Http2Settings.defaultSettings()
                    .maxConcurrentStreams(STREAMS_PER_CONNECTION)
                    .initialWindowSize(WINDOW_BYTES))
            .build(),
        new Http2MultiplexHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel stream) {
                stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(true));
                requests(stream.pipeline());
              }
            }));
  }

  private void requests(ChannelPipeline pipeline) {
    pipeline.addLast(new HttpObjectAggregator(MAX_BODY_BYTES), new Exchanges(handler));
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.streambed.processors.bedrock.BedrockConfig;
import io.streambed.processors.bedrock.BedrockModelClient;
import io.streambed.processors.model.Lane;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.Message;

/**
 * The AWS client alone, with the product's own settings: the same calls, but no Kafka, no state, no
 * promise. Orders: a {@link CallPlan} as JSON begins, {@code read} gives {@link CallCounts} since
 * the last {@code read} as JSON, {@code stop} starts no further call and waits for the open ones.
 */
public final class BareClientMain {
  /** What every subject calls, in which region. */
  public static final String MODEL = "us.anthropic.claude-haiku-4-5-20251001-v1:0";

  /** Region of the calls. */
  public static final String REGION = "us-east-1";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_TOKENS = 400;

  /** Made beforehand: making them up is no part of a call. */
  private static final int TEXTS = 500;

  private final BedrockRuntimeAsyncClient client;
  private final List<String> texts;
  private final Latencies latencies = new Latencies();
  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private volatile boolean going;

  private BareClientMain(BedrockRuntimeAsyncClient client) {
    this.client = client;
    Batch usual = Batch.backlog(1, TEXTS);
    this.texts =
        IntStream.range(0, TEXTS)
            .mapToObj(
                n -> Prompts.text(n, usual.content().promptBytes(), usual.content().answerWords()))
            .toList();
  }

  /** Serves until the parent is gone. Flags: {@code --bedrock URL --limit N}. */
  public static void main(String[] arguments) throws IOException {
    Flags flags = Flags.of(arguments);
    Lane lane = new Lane(MODEL, REGION, flags.number("--limit", 1000));
    BedrockConfig config =
        BedrockConfig.inRegion(REGION).withEndpoint(URI.create(flags.text("--bedrock")));
    BareClientMain main =
        new BareClientMain(new BedrockModelClient(config, List.of(lane)).sdkClient(lane).join());
    Orders.serve("", main::carryOut);
  }

  private String carryOut(String order) throws IOException {
    return switch (order) {
      case "read" -> JSON.writeValueAsString(latencies.read());
      case "stop" -> stop();
      default -> begin(JSON.readValue(order, CallPlan.class));
    };
  }

  private String begin(CallPlan plan) {
    going = true;
    if (plan.perSecond() > 0) {
      Thread.ofPlatform().daemon().name("rate").start(() -> steadily(plan.perSecond()));
    } else {
      for (int n = 0; n < plan.inFlight(); n++) {
        callAgainAndAgain();
      }
    }
    return "begun";
  }

  private String stop() {
    going = false;
    while (open.get() > 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    return "stopped";
  }

  private void steadily(double perSecond) {
    long began = System.nanoTime();
    for (int n = 0; going; n++) {
      long due = began + (long) (n / perSecond * 1e9);
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      call(due, () -> {});
    }
  }

  private void callAgainAndAgain() {
    if (going) {
      call(System.nanoTime(), this::callAgainAndAgain);
    }
  }

  private void call(long dueNanos, Runnable then) {
    open.incrementAndGet();
    client
        .converse(request(started.incrementAndGet()))
        .whenComplete((answer, failure) -> {
          latencies.note(System.nanoTime() - dueNanos, failure == null);
          if (failure != null) {
            // Against a stand-in without faults it is the set-up that is wrong; to go on would only
            // fill the log.
            going = false;
            failure.printStackTrace();
          }
          open.decrementAndGet();
          then.run();
        });
  }

  private ConverseRequest request(int number) {
    String text = texts.get(number % TEXTS);
    return ConverseRequest.builder()
        .modelId(MODEL)
        .messages(
            Message.builder()
                .role(ConversationRole.USER)
                .content(ContentBlock.fromText(text))
                .build())
        .inferenceConfig(inference -> inference.maxTokens(MAX_TOKENS))
        .requestMetadata(Map.of("streambed-attempt", "bare-" + number))
        .build();
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import io.streambed.connectors.aws.AwsFailure;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;

/**
 * Sends, and hands answers back. Of the task's thread; the client's threads only put answers into
 * the queue.
 */
final class Writer {

  private final Function<PutRecordsRequest, CompletableFuture<PutRecordsResponse>> kinesis;
  private final Function<String, Sending> streams;
  private final int most;
  private final LongSupplier nanoTime;
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();

  /** In the order in which they are asked for a request; whoever had one goes to the end. */
  private final LinkedHashMap<String, Sending> sendings = new LinkedHashMap<>();

  private Optional<ConnectException> failure = Optional.empty();
  private int underWay;

  /**
   * @param kinesis sends a request
   * @param streams makes what a stream needs, for its name or ARN
   * @param most requests under way at once
   * @param nanoTime as {@link System#nanoTime()}
   */
  Writer(
      Function<PutRecordsRequest, CompletableFuture<PutRecordsResponse>> kinesis,
      Function<String, Sending> streams,
      int most,
      LongSupplier nanoTime) {
    this.kinesis = kinesis;
    this.streams = streams;
    this.most = most;
    this.nanoTime = nanoTime;
  }

  void add(Outgoing record) {
    sendings.computeIfAbsent(record.stream(), streams).add(record);
  }

  /** Takes what answers there are, and sends nothing. */
  void takeAnswers() {
    for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
      take(answer);
    }
  }

  private void take(Answer answer) {
    underWay--;
    Optional<ConnectException> why = answer.sending().answered(answer, nanoTime.getAsLong());
    failure = failure.or(() -> why);
  }

  /** Sends what may go now, a request a stream in turn. */
  void send() {
    boolean sent = failure.isEmpty();
    while (sent) {
      sent = false;
      for (Sending sending : List.copyOf(sendings.values())) {
        if (underWay < most && send(sending)) {
          sent = true;
        }
      }
    }
  }

  private boolean send(Sending sending) {
    long now = nanoTime.getAsLong();
    List<Parcel> parcels = sending.next(now);
    if (parcels.isEmpty()) {
      return false;
    }
    underWay++;
    sendings.putLast(sending.stream(), sending);
    put(request(sending.stream(), parcels))
        .whenComplete((response, problem) ->
            answers.add(new Answer(sending, parcels, now, reply(parcels, response, problem))));
    return true;
  }

  private CompletableFuture<PutRecordsResponse> put(PutRecordsRequest request) {
    try {
      return kinesis.apply(request);
    } catch (SdkException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static Answer.Reply reply(
      List<Parcel> parcels, @Nullable PutRecordsResponse response, @Nullable Throwable problem) {
    if (response != null) {
      return new Answer.Reply.Outcomes(Outcome.of(response.records(), parcels.size()));
    }
    return new Answer.Reply.Failure(
        problem == null ? new AwsFailure.Unavailable("no answer") : AwsFailure.of(problem));
  }

  private static PutRecordsRequest request(String stream, List<Parcel> parcels) {
    PutRecordsRequest.Builder request =
        PutRecordsRequest.builder().records(parcels.stream().map(Writer::entry).toList());
    return (StreamTemplate.isArn(stream) ? request.streamARN(stream) : request.streamName(stream))
        .build();
  }

  private static PutRecordsRequestEntry entry(Parcel parcel) {
    PutRecordsRequestEntry.Builder entry =
        PutRecordsRequestEntry.builder()
            .partitionKey(parcel.record().partitionKey())
            .data(SdkBytes.fromByteArrayUnsafe(parcel.record().data()));
    parcel.record().explicitHashKey().ifPresent(key -> entry.explicitHashKey(key.toString()));
    return entry.build();
  }

  /** Why the task must fail, if it must. */
  Optional<ConnectException> failure() {
    return failure;
  }

  /** Requests without an answer. */
  int underWay() {
    return underWay;
  }

  /** Bytes of all that is not acknowledged. */
  long held() {
    return sendings.values().stream().mapToLong(Sending::held).sum();
  }

  /** Nanoseconds until there is something to send; the largest value if an answer comes before. */
  long dueIn(long now) {
    return underWay >= most
        ? Long.MAX_VALUE
        : sendings.values().stream()
            .mapToLong(sending -> sending.dueIn(now))
            .min()
            .orElse(Long.MAX_VALUE);
  }

  /** Forgets what waits of these; what is under way goes on. */
  void drop(Predicate<Origin> gone) {
    sendings.values().forEach(sending -> sending.drop(gone));
  }

  /** Waits for what is under way, for so long at most. */
  void await(Duration patience) {
    long end = nanoTime.getAsLong() + patience.toNanos();
    try {
      while (underWay > 0) {
        Answer answer = answers.poll(end - nanoTime.getAsLong(), TimeUnit.NANOSECONDS);
        if (answer == null) {
          return;
        }
        take(answer);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

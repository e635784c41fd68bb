/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** Kinesis as a test wants it: a request is answered when and how the test says. */
final class FakeKinesis
    implements Function<PutRecordsRequest, CompletableFuture<PutRecordsResponse>> {

  private final List<Call> calls = new ArrayList<>();

  /** One request. */
  record Call(PutRecordsRequest request, CompletableFuture<PutRecordsResponse> answer) {

    List<String> data() {
      return request.records().stream().map(entry -> entry.data().asUtf8String()).toList();
    }

    List<String> keys() {
      return request.records().stream().map(PutRecordsRequestEntry::partitionKey).toList();
    }

    void take() {
      refuse(Set.of());
    }

    /** Takes all, each in one of these shards in turn. */
    void take(List<String> shards) {
      answer(Set.of(), shards);
    }

    /** Takes all but those at these places. */
    void refuse(Set<Integer> places) {
      answer(places, List.of("shardId-000000000000"));
    }

    private void answer(Set<Integer> places, List<String> shards) {
      List<PutRecordsResultEntry> entries = new ArrayList<>();
      for (int i = 0; i < request.records().size(); i++) {
        PutRecordsResultEntry.Builder entry = PutRecordsResultEntry.builder();
        entries.add(
            places.contains(i)
                ? entry.errorCode("ProvisionedThroughputExceededException").build()
                : entry.sequenceNumber("49").shardId(shards.get(i % shards.size())).build());
      }
      answer.complete(
          PutRecordsResponse.builder().failedRecordCount(places.size()).records(entries).build());
    }

    void fail(Throwable failure) {
      answer.completeExceptionally(failure);
    }
  }

  @Override
  public CompletableFuture<PutRecordsResponse> apply(PutRecordsRequest request) {
    Call call = new Call(request, new CompletableFuture<>());
    calls.add(call);
    return call.answer();
  }

  /** All requests so far. */
  List<Call> calls() {
    return List.copyOf(calls);
  }

  /** The newest request. */
  Call last() {
    return calls.getLast();
  }
}

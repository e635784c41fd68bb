/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.fault;

import io.streambed.loadtests.judgement.Settlement;
import io.streambed.loadtests.process.Child;
import io.streambed.loadtests.subject.SubjectSettings;
import io.streambed.schemas.PromptRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A fault's part of the stage: requests of a tenant of its own, and what becomes of them. For one
 * thread.
 */
public final class Row {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Stage stage;
  private final String name;
  private final List<String> asked = new ArrayList<>();
  private String topic = Stage.TOPICS.promptRequests();

  Row(Stage stage, String name) {
    this.stage = stage;
    this.name = name;
  }

  /** What all rows share. */
  public Stage stage() {
    return stage;
  }

  /** Its name, which is its tenant too. */
  public String name() {
    return name;
  }

  /** Settings of a platform of its own, to which its requests go from now on. */
  SubjectSettings own() {
    topic = name + "-requests";
    return stage.own(name);
  }

  /** Starts that platform. */
  Child start(SubjectSettings settings, Map<String, String> environment) {
    Child child = stage.bench().begin(stage.launch(settings).with(environment));
    child.awaitReady(PATIENCE);
    return child;
  }

  /**
   * Sets something to go wrong in calls for this row's requests.
   *
   * @param effect as {@code docs/stand-in.md} describes it, without the closing brace
   */
  void fault(String effect) {
    stage
        .bench()
        .standIn()
        .fault(effect + ",\"metadata\":{\"streambed-tenant\":\"" + name + "\"}}");
  }

  /** How many calls the stand-in has received for this row's requests. */
  int calls() {
    return stage.bench().standIn().callsOf(name);
  }

  /** Publishes so many requests, all different. */
  Row ask(int count) {
    for (int n = 0; n < count; n++) {
      ask(request -> {});
    }
    return this;
  }

  /** Publishes a request that differs from the usual ones. */
  Row ask(Consumer<PromptRequest.Builder> change) {
    PromptRequest request = stage.request(name, change);
    stage.send(topic, stage.encode(request));
    return expect(request.getId().orElseThrow());
  }

  /** Publishes bytes, or no value, as they are. */
  Row bytes(byte @Nullable [] value) {
    return expect(stage.send(topic, value));
  }

  /** Publishes a request that was written in another way. */
  Row written(PromptRequest request, byte[] value) {
    stage.send(topic, value);
    return expect(request.getId().orElseThrow());
  }

  private Row expect(String id) {
    stage.published(id);
    asked.add(id);
    return this;
  }

  /** How to see what becomes of the requests, once all are settled. */
  Supplier<String> outcome() {
    return () -> {
      awaitSettled();
      return observed();
    };
  }

  /** Waits until all its requests are settled, if they are in time. */
  void awaitSettled() {
    stage.await(PATIENCE, () -> settled() == asked.size());
  }

  /** The same, with something to be done before. */
  Supplier<String> outcomeAfter(Runnable first) {
    return () -> {
      first.run();
      return outcome().get();
    };
  }

  /** How many of its requests have been settled. */
  int settled() {
    return (int)
        stage.bench().verifier().settlements().stream()
            .map(Settlement::id)
            .filter(asked::contains)
            .distinct()
            .count();
  }

  private String observed() {
    Map<String, Integer> kinds = new TreeMap<>();
    List<Settlement> all = stage.bench().verifier().settlements();
    for (String id : asked) {
      List<Settlement> its = all.stream().filter(one -> one.id().equals(id)).toList();
      String kind =
          switch (its.size()) {
            case 0 -> "not settled";
            case 1 ->
                its.getFirst().deadLetter().map(code -> "dead letter " + code).orElse("answered");
            default -> "settled " + its.size() + " times";
          };
      kinds.merge(kind, 1, Integer::sum);
    }
    List<String> words = new ArrayList<>();
    kinds.forEach((kind, count) -> words.add(asked.size() == 1 ? kind : count + " " + kind));
    words.add("calls " + calls());
    return String.join(", ", words);
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.fault;

import io.streambed.loadtests.bench.BenchException;
import io.streambed.loadtests.process.Child;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.serdes.WireFormat;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** What goes wrong around a platform that runs. They meet the shared one, one after the other. */
public final class PlatformFaults {
  private PlatformFaults() {}

  /** All of them. */
  public static List<Fault> all() {
    return List.of(
        new Fault(
            "region-down",
            "the model's region takes no connection for 1.5 s",
            "5 answered",
            row -> {
              row.stage().region("stop");
              row.ask(5);
              return row.outcomeAfter(() -> {
                row.stage().rest(Duration.ofMillis(1500));
                row.stage().region("restart");
              });
            }),
        new Fault(
            "region-down-for-good",
            "the model's region takes no connection until the retries are used up",
            "3 dead letter MODEL_UNAVAILABLE, calls 0",
            row -> {
              row.stage().region("stop");
              row.ask(3);
              row.stage().await(Duration.ofSeconds(40), () -> row.settled() == 3);
              row.stage().region("restart");
              return row.outcome();
            }),
        new Fault(
            "registry-down",
            "the registry is down, the requests' schema is known",
            "20 answered, calls 20",
            row -> {
              row.stage().broker("registry stop");
              row.ask(20);
              String observed = row.outcome().get();
              row.stage().broker("registry restart");
              return () -> observed;
            }),
        new Fault(
            "registry-down-new-schema",
            "requests of a schema never seen before, the registry down for 4 s",
            "5 answered, calls 5",
            PlatformFaults::newSchema),
        new Fault(
            "broker-restart",
            "the broker restarts while 20 calls are open",
            "20 answered",
            row -> whileDown(row, Duration.ZERO)),
        new Fault(
            "broker-gone",
            "the broker is gone for a minute (quick: 12 s) while 20 calls are open",
            "20 answered",
            row -> whileDown(row, Duration.ofSeconds(row.stage().quick() ? 12 : 60))),
        new Fault(
            "access-to-results-denied",
            "an access-control list forbids to write prompt-results for 4 s",
            "5 answered",
            PlatformFaults::denied),
        new Fault(
            "one-id-two-instances",
            "a second instance starts with the first's instance.id",
            "20 answered",
            PlatformFaults::twins));
  }

  private static Supplier<String> whileDown(Row row, Duration howLong) {
    Stage stage = row.stage();
    stage.bench().standIn().takes(Duration.ofSeconds(2));
    row.ask(20);
    stage.await(Duration.ofSeconds(10), () -> row.calls() == 20);
    stage.broker("kafka stop");
    stage.rest(howLong);
    stage.broker("kafka restart");
    stage.bench().standIn().takes(Duration.ofMillis(50));
    return row.outcome();
  }

  /** A reader of the newer schema would be told the added field; ours leaves it out. */
  private static Supplier<String> newSchema(Row row) {
    Stage stage = row.stage();
    Schema newer =
        new Schema.Parser()
            .parse(
                PromptRequest.getClassSchema()
                    .toString()
                    .replaceFirst(
                        "\"additionalResponsePaths\"",
                        "\"addedLater\",\"type\":[\"null\",\"string\"],\"default\":null},"
                            + "{\"name\":\"additionalResponsePaths\""));
    int id = stage.registry().register("prompt-requests-newer", newer).join();
    stage.broker("registry stop");
    for (int n = 0; n < 5; n++) {
      PromptRequest request = stage.request(row.name(), asUsual -> {});
      ByteBuffer body = WireFormat.body(stage.encode(request));
      // Both end in an empty list, before which the newer has an absent text.
      byte[] avro = new byte[body.remaining() + 1];
      body.get(avro, 0, body.remaining());
      row.written(request, WireFormat.wrap(id, avro));
    }
    return row.outcomeAfter(() -> {
      stage.rest(Duration.ofSeconds(4));
      int early = row.settled();
      stage.broker("registry restart");
      if (early > 0) {
        throw new BenchException("settled without a schema: " + early, null);
      }
    });
  }

  private static Supplier<String> denied(Row row) {
    Stage stage = row.stage();
    ResourcePattern results =
        new ResourcePattern(ResourceType.TOPIC, Stage.TOPICS.promptResults(), PatternType.LITERAL);
    List<AclBinding> rules =
        List.of(
            rule(results, AclOperation.ALL, AclPermissionType.ALLOW),
            rule(results, AclOperation.WRITE, AclPermissionType.DENY));
    await(stage.admin().createAcls(rules).all());
    row.ask(5);
    stage.rest(Duration.ofSeconds(4));
    await(stage.admin().deleteAcls(rules.stream().map(AclBinding::toFilter).toList()).all());
    long began = System.nanoTime();
    Supplier<String> outcome = row.outcome();
    return () -> outcome.get() + ", %.1f s later".formatted((System.nanoTime() - began) / 1e9);
  }

  private static AclBinding rule(
      ResourcePattern resource, AclOperation operation, AclPermissionType permission) {
    return new AclBinding(resource, new AccessControlEntry("User:*", "*", operation, permission));
  }

  private static Supplier<String> twins(Row row) {
    Stage stage = row.stage();
    Child twin =
        stage
            .bench()
            .begin(
                stage.launch(
                    stage.settings("streambed-twin").with("instance.id", stage.platform().name())));
    stage.await(Duration.ofSeconds(60), () -> !twin.logged(Pattern.compile("RUNNING")).isEmpty());
    row.ask(20);
    return () -> {
      String observed = row.outcome().get();
      String living = "first " + alive(stage.platform()) + ", second " + alive(twin);
      twin.kill();
      return observed + ", " + living;
    };
  }

  private static String alive(Child child) {
    return child.isAlive() ? "lives" : "has ended";
  }

  static <T> T await(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new BenchException("the broker refuses", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }
}

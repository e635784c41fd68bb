/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.model.CachePoints;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelAlias;
import io.streambed.processors.model.ModelAlias.Spread;
import io.streambed.processors.model.Needs;
import io.streambed.processors.model.Route;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.ImageBlock;
import io.streambed.schemas.Operation;
import io.streambed.schemas.OutputFormat;
import io.streambed.schemas.Priority;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.Role;
import io.streambed.schemas.ToolResultBlock;
import io.streambed.schemas.ToolResultContent;
import io.streambed.schemas.state.Failure;
import io.streambed.schemas.state.Feature;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouteRulesTest {

  private static final ModelAlias ALIAS =
      new ModelAlias(
          "m",
          Operation.PROMPT,
          List.of(
              route(Set.of("acme"), Set.of(Priority.BACKGROUND), Set.of(Feature.TOOLS), 10),
              route(Set.of("umbrella"), Set.of(), Set.of(), 100)),
          Spread.IN_ORDER,
          "1",
          1,
          false,
          CachePoints.NONE);

  @Test
  void aRequestThatSomeLaneTakesIsFine() {
    assertThat(check("acme", Priority.BACKGROUND, Set.of(Feature.TOOLS), 10)).isEmpty();
    assertThat(check("umbrella", Priority.STANDARD, Set.of(), 100)).isEmpty();
  }

  @Test
  void oneThatNoneTakesIsToldWhy() {
    assertThat(check("other", Priority.STANDARD, Set.of(), 1)).contains("of this tenant");
    assertThat(check("acme", Priority.BACKGROUND, Set.of(Feature.IMAGES, Feature.TOOLS), 1))
        .contains("that needs images, tools");
    assertThat(check("acme", Priority.BACKGROUND, Set.of(), 101)).contains("of 101 bytes");
    assertThat(check("acme", Priority.STANDARD, Set.of(), 1))
        .contains("of this tenant, priority, size and features together");
  }

  @Test
  void whatARequestNeedsIsSeenInIt() {
    // Given
    PromptRequest prompt =
        Requests.prompt()
            .setOutputFormat(new OutputFormat("{}", null, null))
            .setMessages(
                List.of(
                    Requests.message(
                        Role.USER,
                        Requests.block(block ->
                            block.setToolResult(
                                new ToolResultBlock(
                                    "t",
                                    List.of(
                                        ToolResultContent.newBuilder()
                                            .setImage(
                                                new ImageBlock("png", ByteBuffer.allocate(1), null))
                                            .build()),
                                    null))))))
            .build();

    // When, then
    assertThat(Features.of(Requests.request(prompt)))
        .containsExactlyInAnyOrder(Feature.TOOLS, Feature.IMAGES, Feature.JSON_OUTPUT);
    assertThat(Features.of(Requests.request(Requests.embedding().build()))).isEmpty();
  }

  private static String check(String tenant, Priority priority, Set<Feature> features, int bytes) {
    return RouteRules.check(new Needs(tenant, priority, features, bytes), ALIAS)
        .map(failure -> {
          assertThat(failure.getCode()).isEqualTo(DeadLetterCode.INVALID_REQUEST);
          return failure;
        })
        .map(Failure::getMessage)
        .orElse("");
  }

  private static Route route(
      Set<String> tenants, Set<Priority> priorities, Set<Feature> features, int bytes) {
    return new Route(
        new Lane("x", "us-east-" + bytes, 1),
        1,
        new Route.Terms(tenants, priorities, features, bytes, Duration.ZERO));
  }
}

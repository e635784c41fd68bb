/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.model.CachePoints.Place;
import io.streambed.schemas.CachePointBlock;
import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.Message;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.Role;
import io.streambed.schemas.SystemBlock;
import io.streambed.schemas.Tool;
import io.streambed.schemas.ToolConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CachePointsTest {

  private static final String HAIKU = "us.anthropic.claude-haiku-4-5-20251001-v1:0";
  private static final String OLD_SONNET = "us.anthropic.claude-sonnet-4-20250514-v1:0";
  private static final String NOVA = "amazon.nova-lite-v1:0";
  private static final String LLAMA = "meta.llama3-1-8b-instruct-v1:0";
  private static final CachePoints EVERYWHERE = new CachePoints(Set.of(Place.values()), true);

  @Test
  void anAliasSetsPointsBehindToolsSystemAndTheLastMessage() {
    // Given
    PromptRequest prompt = prompt();

    // When
    PromptRequest pointed = EVERYWHERE.in(prompt, HAIKU);

    // Then
    assertThat(points(pointed)).containsExactly("tools 1h", "system[1] 1h", "messages[2][1] 1h");
    assertThat(EVERYWHERE.in(pointed, LLAMA)).isEqualTo(prompt);
    assertThat(points(prompt)).isEmpty();
  }

  @Test
  void eachModelGetsWhatItTakes() {
    assertThat(points(EVERYWHERE.in(prompt(), OLD_SONNET)))
        .containsExactly("tools", "system[1]", "messages[2][1]");
    assertThat(points(EVERYWHERE.in(prompt(), NOVA)))
        .containsExactly("system[1]", "messages[2][1]");
    assertThat(points(EVERYWHERE.in(prompt(), LLAMA))).isEmpty();
    assertThat(
            points(
                EVERYWHERE.in(
                    prompt(), "arn:aws:bedrock:us-east-1:1:application-inference-profile/a1")))
        .hasSize(3);
  }

  @Test
  void aRequestsOwnPointsComeFirst() {
    // Given
    PromptRequest own = EVERYWHERE.in(prompt(), HAIKU);
    CachePoints system = new CachePoints(Set.of(Place.SYSTEM), false);

    // Then
    assertThat(system.in(own, HAIKU)).isEqualTo(own);
    assertThat(points(CachePoints.NONE.in(own, OLD_SONNET)))
        .containsExactly("tools", "system[1]", "messages[2][1]");
    assertThat(points(CachePoints.NONE.in(own, LLAMA))).isEmpty();
  }

  @Test
  void nothingChangesWhereNobodyAsks() {
    // Given
    PromptRequest prompt = prompt();

    // Then
    assertThat(CachePoints.NONE.in(prompt, HAIKU)).isSameAs(prompt);
    assertThat(EVERYWHERE.in(prompt, LLAMA)).isSameAs(prompt);
  }

  private static List<String> points(PromptRequest prompt) {
    List<String> points = new ArrayList<>();
    prompt
        .getTools()
        .flatMap(ToolConfiguration::getCachePoint)
        .ifPresent(point -> points.add("tools" + ttl(point)));
    for (int i = 0; i < prompt.getSystem().size(); i++) {
      String place = "system[" + i + "]";
      prompt.getSystem().get(i).getCachePoint().ifPresent(point -> points.add(place + ttl(point)));
    }
    for (int m = 0; m < prompt.getMessages().size(); m++) {
      List<ContentBlock> content = prompt.getMessages().get(m).getContent();
      for (int c = 0; c < content.size(); c++) {
        String place = "messages[" + m + "][" + c + "]";
        content.get(c).getCachePoint().ifPresent(point -> points.add(place + ttl(point)));
      }
    }
    return points;
  }

  private static String ttl(CachePointBlock point) {
    return point.getTtl().map(ttl -> " " + ttl).orElse("");
  }

  private static PromptRequest prompt() {
    return PromptRequest.newBuilder()
        .setModel("m")
        .setSystem(List.of(SystemBlock.newBuilder().setText("Be brief.").build()))
        .setTools(
            ToolConfiguration.newBuilder()
                .setTools(List.of(Tool.newBuilder().setName("t").setInputSchema("{}").build()))
                .build())
        .setMessages(
            List.of(
                message(Role.USER, "one"),
                message(Role.ASSISTANT, "two"),
                message(Role.USER, "three")))
        .build();
  }

  private static Message message(Role role, String text) {
    return new Message(role, List.of(ContentBlock.newBuilder().setText(text).build()));
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.streambed.local.bedrock.promptcache.Piece;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Cuts a body of Converse into the pieces that the prompt cache sees. */
final class PromptPieces {
  private static final String POINT = "cachePoint";

  private final MessageDigest digest = sha256();
  private final List<Piece> pieces = new ArrayList<>();
  private long tokens;

  private PromptPieces() {}

  static List<Piece> of(Conversation conversation) {
    PromptPieces cut = new PromptPieces();
    JsonNode body = conversation.body();
    cut.section("tools", body.path("toolConfig").path("tools"), 0);
    cut.section("system", body.path("system"), 0);
    for (JsonNode message : body.path("messages")) {
      cut.section(
          message.path("role").asText(), message.path("content"), Conversation.TOKENS_A_MESSAGE);
    }
    return List.copyOf(cut.pieces);
  }

  /** Where the cache points of a body stand, in order; {@code 5m} or {@code 1h} each. */
  static List<String> points(JsonNode body) {
    List<String> ttls = new ArrayList<>();
    List<JsonNode> sections = new ArrayList<>();
    sections.add(body.path("toolConfig").path("tools"));
    sections.add(body.path("system"));
    body.path("messages").forEach(message -> sections.add(message.path("content")));
    for (JsonNode section : sections) {
      for (JsonNode block : section) {
        if (block.has(POINT)) {
          ttls.add(block.path(POINT).path("ttl").asText("5m"));
        }
      }
    }
    return ttls;
  }

  private void section(String name, JsonNode blocks, int framing) {
    tokens += framing;
    for (JsonNode block : blocks) {
      if (block.has(POINT)) {
        markLast(block.path(POINT).path("ttl").asText("5m"));
      } else {
        tokens += Conversation.tokens(block);
        digest.update((name + block).getBytes(StandardCharsets.UTF_8));
        pieces.add(new Piece(soFar(), tokens, Optional.empty()));
      }
    }
  }

  private void markLast(String ttl) {
    if (!pieces.isEmpty()) {
      Piece last = pieces.removeLast();
      Duration time = ttl.equals("1h") ? Duration.ofHours(1) : Duration.ofMinutes(5);
      pieces.add(new Piece(last.digest(), last.tokens(), Optional.of(time)));
    }
  }

  private String soFar() {
    try {
      MessageDigest copy = (MessageDigest) digest.clone();
      return HexFormat.of().formatHex(copy.digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import io.streambed.schemas.CachePointBlock;
import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.Message;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.SystemBlock;
import io.streambed.schemas.ToolConfiguration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Where an alias sets points of the model's prompt cache, in requests that have none of their own.
 * They change what a call costs, never its answer.
 *
 * @param places none for no points
 * @param hour whether what is written is kept for an hour rather than five minutes
 */
public record CachePoints(Set<Place> places, boolean hour) {

  /** What a point can stand behind. */
  public enum Place {
    /** The tools. */
    TOOLS,
    /** The system prompt. */
    SYSTEM,
    /** The last message, so that the next turn of the conversation finds all before it. */
    MESSAGES
  }

  /** Sets none. */
  public static final CachePoints NONE = new CachePoints(Set.of(), false);

  public CachePoints {
    places = Set.copyOf(places);
  }

  /**
   * The prompt with the points that its model takes. Those of a model without a prompt cache are
   * left out, since it would refuse them, and an hour becomes five minutes where there is no hour.
   *
   * @param modelId a model id, or id or ARN of an inference profile
   */
  public PromptRequest in(PromptRequest prompt, String modelId) {
    boolean own = hasPoints(prompt);
    if (!own && places.isEmpty()) {
      return prompt;
    }
    Optional<PromptCaching> caching = PromptCaching.of(modelId);
    if (!own && caching.isEmpty()) {
      return prompt;
    }
    CachePoints added = own ? NONE : this;
    Map<String, Object> changed = new HashMap<>();
    changed.put("system", added.system(prompt.getSystem(), caching));
    changed.put("messages", added.messages(prompt.getMessages(), caching));
    prompt
        .getTools()
        .ifPresent(tools ->
            changed.put("tools", added.tools(tools, caching.filter(PromptCaching::tools))));
    return with(prompt, new PromptRequest(), changed);
  }

  private static boolean hasPoints(PromptRequest prompt) {
    return prompt.getTools().flatMap(ToolConfiguration::getCachePoint).isPresent()
        || prompt.getSystem().stream().anyMatch(block -> block.getCachePoint().isPresent())
        || prompt.getMessages().stream()
            .flatMap(message -> message.getContent().stream())
            .anyMatch(block -> block.getCachePoint().isPresent());
  }

  private ToolConfiguration tools(ToolConfiguration tools, Optional<PromptCaching> caching) {
    Optional<CachePointBlock> point =
        caching.flatMap(it ->
            tools
                .getCachePoint()
                .map(own -> allowed(own, it))
                .or(() ->
                    places.contains(Place.TOOLS) ? Optional.of(point(it)) : Optional.empty()));
    Map<String, Object> changed = new HashMap<>();
    changed.put("cachePoint", point.orElse(null));
    return with(tools, new ToolConfiguration(), changed);
  }

  private List<SystemBlock> system(List<SystemBlock> system, Optional<PromptCaching> caching) {
    List<SystemBlock> blocks = new ArrayList<>();
    for (SystemBlock block : system) {
      Optional<CachePointBlock> own = block.getCachePoint();
      if (own.isEmpty()) {
        blocks.add(block);
      } else {
        caching.ifPresent(it -> blocks.add(systemPoint(allowed(own.get(), it))));
      }
    }
    if (places.contains(Place.SYSTEM) && !blocks.isEmpty()) {
      caching.ifPresent(it -> blocks.add(systemPoint(point(it))));
    }
    return blocks;
  }

  private List<Message> messages(List<Message> messages, Optional<PromptCaching> caching) {
    List<Message> changed = new ArrayList<>();
    for (Message message : messages) {
      List<ContentBlock> content = new ArrayList<>();
      for (ContentBlock block : message.getContent()) {
        Optional<CachePointBlock> own = block.getCachePoint();
        if (own.isEmpty()) {
          content.add(block);
        } else {
          caching.ifPresent(it -> content.add(contentPoint(allowed(own.get(), it))));
        }
      }
      if (places.contains(Place.MESSAGES) && changed.size() == messages.size() - 1) {
        caching.ifPresent(it -> content.add(contentPoint(point(it))));
      }
      changed.add(new Message(message.getRole(), content));
    }
    return changed;
  }

  private static CachePointBlock allowed(CachePointBlock own, PromptCaching caching) {
    return caching.hour() ? own : CachePointBlock.newBuilder().build();
  }

  private CachePointBlock point(PromptCaching caching) {
    return CachePointBlock.newBuilder().setTtl(hour && caching.hour() ? "1h" : null).build();
  }

  private static SystemBlock systemPoint(CachePointBlock point) {
    return SystemBlock.newBuilder().setCachePoint(point).build();
  }

  private static ContentBlock contentPoint(CachePointBlock point) {
    return ContentBlock.newBuilder().setCachePoint(point).build();
  }

  /** Fills a copy with other values, and for the rest with the same, which can be large. */
  private static <T extends SpecificRecordBase> T with(
      T original, T copy, Map<String, Object> changed) {
    for (Schema.Field field : original.getSchema().getFields()) {
      Object value =
          changed.containsKey(field.name()) ? changed.get(field.name()) : original.get(field.pos());
      copy.put(field.pos(), value);
    }
    return copy;
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streambed.cli.cluster.Cluster;
import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.replay.Recorded;
import io.streambed.cli.request.BadLinesException;
import io.streambed.schemas.ReplayPlace;
import io.streambed.schemas.ReplayPlan;
import io.streambed.schemas.replay.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Requests that a file names: a line of {@code results --json} or {@code dead-letters list --json}
 * each, or a {@code topic-partition-offset}.
 *
 * @param places of requests
 * @param identities tenant and id of requests whose places are not known
 */
public record SavedSet(Set<Place> places, Set<Identity> identities) {

  /** More than this would not fit the record of the plan. */
  public static final int MOST = 100_000;

  /** What names a request but for its place. */
  public record Identity(String tenant, String id) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  public SavedSet {
    places = Set.copyOf(places);
    identities = Set.copyOf(identities);
  }

  /**
   * Reads a file.
   *
   * @param topic of the requests
   * @throws BadLinesException if a line names no request of the topic
   */
  public static SavedSet read(Path file, String topic) throws IOException, BadLinesException {
    Set<Place> places = new HashSet<>();
    Set<Identity> identities = new HashSet<>();
    List<String> problems = new ArrayList<>();
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Optional<Place> place = line.startsWith("{") ? Optional.empty() : Place.parse(line);
      Optional<JsonNode> json = line.startsWith("{") ? json(line) : Optional.empty();
      place = place.or(() -> json.flatMap(SavedSet::place));
      if (place.isPresent() && place.get().topic().equals(topic)) {
        places.add(place.get());
      } else if (json.filter(it -> !it.has("sourceTopic") && it.hasNonNull("id")).isPresent()) {
        identities.add(
            new Identity(
                json.get().path("tenant").asText("default"), json.get().path("id").asText()));
      } else {
        problems.add(
            "line %d: names no request of %s; give a line of results --json or dead-letters list --json, or a topic-partition-offset"
                .formatted(i + 1, topic));
      }
    }
    if (!problems.isEmpty()) {
      throw BadLinesException.of(file.toString(), problems);
    }
    return new SavedSet(places, identities);
  }

  private static Optional<JsonNode> json(String line) {
    try {
      return Optional.of(JSON.readTree(line));
    } catch (JsonProcessingException e) {
      // Its message would quote the line.
      return Optional.empty();
    }
  }

  private static Optional<Place> place(JsonNode line) {
    if (line.hasNonNull("sourceTopic")) {
      return Optional.of(
          new Place(
              line.path("sourceTopic").asText(),
              line.path("sourcePartition").asInt(),
              line.path("sourceOffset").asLong()));
    }
    return Place.parse(line.path("id").asText(""));
  }

  /** All places, those of requests that are known by name only found in the plan's ranges. */
  public List<ReplayPlace> resolve(Cluster cluster, KafkaAccess kafka, ReplayPlan plan) {
    List<ReplayPlace> all = new ArrayList<>();
    places.forEach(place -> all.add(new ReplayPlace(place.partition(), place.offset())));
    if (identities.isEmpty()) {
      return all;
    }
    try (RecordedReader reader = RecordedReader.open(cluster, kafka, plan, Map.of())) {
      while (!reader.isAtEnd()) {
        for (Item item : reader.poll()) {
          if (item instanceof Item.Request(Recorded recorded)
              && !places.contains(recorded.place())
              && identities.contains(new Identity(recorded.request().tenant(), recorded.id()))) {
            all.add(new ReplayPlace(recorded.place().partition(), recorded.place().offset()));
          }
        }
      }
    }
    return all;
  }
}

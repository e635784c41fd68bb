/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.RecordHeader;
import io.streambed.schemas.replay.ReplayHeaders;
import io.streambed.schemas.topics.Topics;
import java.util.Optional;

/**
 * Where the request of a dead letter is published again: where it came from. What a run has asked
 * came from no topic that anybody reads for such: the recorded topic may be an archive, and the
 * run's own requests are settled. If its result was wanted live, it goes where live requests of its
 * kind go. Pure.
 *
 * @param topics of the platform
 */
public record WayBack(Topics topics) {

  /**
   * The topic.
   *
   * @return empty for a request of a run whose result nobody wanted live
   */
  public Optional<String> of(DeadLetter letter) {
    Optional<String> results = wanted(letter);
    if (results.isEmpty() && !letter.getSourceTopic().equals(topics.replayRequests())) {
      return Optional.of(letter.getSourceTopic());
    }
    return results.flatMap(this::requests);
  }

  private Optional<String> requests(String results) {
    if (results.equals(topics.promptResults())) {
      return Optional.of(topics.promptRequests());
    }
    return results.equals(topics.embeddingResults())
        ? Optional.of(topics.embeddingRequests())
        : Optional.empty();
  }

  /** Topic in which a run wanted the result. */
  private static Optional<String> wanted(DeadLetter letter) {
    return letter.getOriginalHeaders().stream()
        .filter(header -> header.getKey().equals(ReplayHeaders.RESULTS))
        .findFirst()
        .flatMap(RecordHeader::getValue)
        .map(value -> UTF_8.decode(value.duplicate()).toString());
  }
}

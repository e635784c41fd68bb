/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.connectors.aws.AwsFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamCheckTest {

  private static final StreamTemplate BY_TOPIC = new StreamTemplate("live-${topic}");

  @Test
  void aStreamOfItsOwnNameIsKnown() {
    assertThat(StreamCheck.streams(new StreamTemplate("s"), Map.of("topics.regex", ".*")))
        .containsExactly("s");
  }

  @Test
  void streamsNamedByTopicAreKnownWhenTheTopicsAre() {
    assertThat(StreamCheck.streams(BY_TOPIC, Map.of("topics", "a, b,a")))
        .containsExactly("live-a", "live-b");
    assertThat(StreamCheck.streams(BY_TOPIC, Map.of("topics.regex", ".*"))).isEmpty();
    assertThat(StreamCheck.streams(BY_TOPIC, Map.of("topics", "a", "transforms", "rename")))
        .as("another topic, perhaps")
        .isEmpty();
  }

  @Test
  void aMissingStreamIsToldBesideTheStream() {
    // When
    StreamCheck.Problem problem =
        problem(new AwsFailure.NotFound("ResourceNotFoundException (HTTP 400)"));

    // Then
    assertThat(problem.setting()).isEqualTo("stream");
    assertThat(problem.text()).contains("looking at stream s", "ResourceNotFoundException");
  }

  @Test
  void missingRightsAreToldBesideWhoAsks() {
    // Given
    AwsFailure refused = new AwsFailure.NotPermitted("AccessDeniedException (HTTP 400)");

    // Then
    assertThat(problem(refused).setting()).isEqualTo("aws.region");
    assertThat(problem(refused, "aws.profile", "p").setting()).isEqualTo("aws.profile");
    assertThat(problem(refused, "aws.access.key.id", "a", "aws.secret.access.key", "b").setting())
        .isEqualTo("aws.access.key.id");
    assertThat(problem(refused, "aws.role.arn", "arn:aws:iam::1:role/r").setting())
        .isEqualTo("aws.role.arn");
  }

  @Test
  void anEndpointThatCannotBeReachedIsToldBesideIt() {
    // Given
    AwsFailure down = new AwsFailure.Unavailable("ConnectException");

    // Then
    assertThat(problem(down).setting()).isEqualTo("aws.region");
    assertThat(problem(down, "aws.endpoint", "http://localhost:4566").setting())
        .isEqualTo("aws.endpoint");
  }

  private static StreamCheck.Problem problem(AwsFailure why, String... settings) {
    return StreamCheck.problem(why, "s", Samples.config(settings).aws());
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streambed.schemas.topics.TopicSpec.ValueEncoding;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicCatalogueTest {

  private final List<TopicSpec> catalogue = TopicCatalogue.of(Topics.defaults());

  @Test
  void everyConfiguredNameIsInTheCatalogueOnce() {
    List<Object> names =
        Arrays.stream(Topics.class.getRecordComponents())
            .map(component -> value(component, Topics.defaults()))
            .toList();
    assertThat(catalogue)
        .extracting(TopicSpec::name)
        .containsExactlyInAnyOrderElementsOf(names.stream().map(String.class::cast).toList());
  }

  @Test
  void heldJobsAreCompactedNeverExpireAndAreForStreambedAlone() {
    assertThat(spec("jobs-held").settings())
        .containsEntry("cleanup.policy", "compact")
        .containsEntry("retention.ms", "-1");
    assertThat(catalogue)
        .filteredOn(spec -> spec.encoding() == ValueEncoding.INTERNAL)
        .extracting(TopicSpec::name)
        .containsExactly("jobs-held", "moved-calls");
  }

  @Test
  void answersOfMovedCallsAreNotKeptForLong() {
    assertThat(spec("moved-calls").settings())
        .containsEntry("cleanup.policy", "delete")
        .containsEntry("retention.ms", "3600000")
        .containsEntry("segment.ms", "3600000");
  }

  @Test
  void whatWasRedrivenIsKnownForLongerThanItsDeadLetterIsThere() {
    assertThat(retention("redrives")).isGreaterThan(retention("dead-letters"));
  }

  @Test
  void whatWrapsARequestTakesMoreThanARequest() {
    int request = limit("prompt-requests");
    assertThat(request).isEqualTo(8 * 1024 * 1024);
    assertThat(limit("dead-letters")).isGreaterThan(request);
    assertThat(limit("jobs-held")).isGreaterThan(request);
  }

  @Test
  void twoOfThreeCopiesMustHaveARecordAndOneOfOne() {
    assertThat(new TopicLayout(1, 1, (short) 3).minInsync()).isEqualTo(2);
    assertThat(new TopicLayout(1, 1, (short) 1).minInsync()).isEqualTo(1);
  }

  @Test
  void aLayoutNeedsAtLeastOneOfEach() {
    assertThatThrownBy(() -> new TopicLayout(0, 1, (short) 1)).hasMessageContaining("partitions");
    assertThatThrownBy(() -> new TopicLayout(1, 0, (short) 1))
        .hasMessageContaining("jobPartitions");
    assertThatThrownBy(() -> new TopicLayout(1, 1, (short) 0)).hasMessageContaining("replication");
  }

  private long retention(String topic) {
    return Long.parseLong(String.valueOf(spec(topic).settings().get("retention.ms")));
  }

  private int limit(String topic) {
    return Integer.parseInt(String.valueOf(spec(topic).settings().get("max.message.bytes")));
  }

  private TopicSpec spec(String name) {
    return catalogue.stream().filter(spec -> spec.name().equals(name)).findFirst().orElseThrow();
  }

  private static Object value(RecordComponent component, Topics topics) {
    try {
      return component.getAccessor().invoke(topics);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(component.getName(), e);
    }
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.topology.InstanceIdentity;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FencingTest {

  private static final String APP = "streambed";

  @Test
  void aTransactionWhoseInstanceIsNoMemberIsOfTheDead() {
    assertThat(dead(Set.of("pod-1-1", "pod-2-1"), id("pod-1", 1), id("pod-2", 1), id("pod-3", 1)))
        .containsExactly(id("pod-3", 1));
  }

  @Test
  void aThreadThatWasReplacedIsDeadThoughItsInstanceLives() {
    assertThat(dead(Set.of("pod-1-2"), id("pod-1", 1), id("pod-1", 2)))
        .containsExactly(id("pod-1", 1));
  }

  @Test
  void nobodyIsTakenForDeadByOneThatIsNoMemberItself() {
    assertThat(dead(Set.of("pod-2-1"), id("pod-3", 1))).isEmpty();
    assertThat(dead(Set.of(), id("pod-3", 1))).isEmpty();
    assertThat(dead(Set.of("pod-12-1"), id("pod-3", 1))).isEmpty();
  }

  @Test
  void transactionsOfOtherApplicationsAreNotOurs() {
    assertThat(InstanceIdentity.isTransactionalId(APP, id("pod-3", 1))).isTrue();
    assertThat(
            List.of(
                InstanceIdentity.transactionalId("streambed-2", "pod-3", "1"),
                InstanceIdentity.transactionalId("other-streambed", "pod-3", "1"),
                "streambed-loader",
                "streambed-1",
                "x"))
        .noneMatch(id -> InstanceIdentity.isTransactionalId(APP, id));
  }

  private static Set<String> dead(Set<String> members, String... open) {
    return Fencing.dead(APP, "pod-1", List.of(open), members);
  }

  private static String id(String instance, int thread) {
    return InstanceIdentity.transactionalId(APP, instance, Integer.toString(thread));
  }
}

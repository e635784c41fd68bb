/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import static io.streambed.connectors.source.Shards.shard;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class AssignmentTest {

  @Property
  void everyShardHasOneTaskAndGroupsStayTogether(
      @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 6) Integer> sizes,
      @ForAll @IntRange(min = 1, max = 10) int tasks) {
    // Given
    List<List<ShardInfo>> groups = groups(sizes);

    // When
    List<List<ShardInfo>> shares = Assignment.of(groups, tasks);

    // Then
    assertThat(shares).hasSize(Math.min(tasks, groups.size())).doesNotContain(List.of());
    assertThat(shares.stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(groups.stream().flatMap(List::stream).toList());
    for (List<ShardInfo> group : groups) {
      assertThat(shares.stream().filter(share -> share.containsAll(group))).hasSize(1);
    }
  }

  @Property
  void noTaskHasMuchMoreThanItsShare(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 1, max = 1) Integer> sizes,
      @ForAll @IntRange(min = 1, max = 10) int tasks) {
    List<List<ShardInfo>> shares = Assignment.of(groups(sizes), tasks);

    int most = shares.stream().mapToInt(List::size).max().orElseThrow();
    int least = shares.stream().mapToInt(List::size).min().orElseThrow();
    assertThat(most - least).isLessThanOrEqualTo(1);
  }

  private static List<List<ShardInfo>> groups(List<Integer> sizes) {
    List<List<ShardInfo>> groups = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      String name = "g" + i;
      groups.add(IntStream.range(0, sizes.get(i)).mapToObj(n -> shard(name + "-" + n)).toList());
    }
    return groups;
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import static io.streambed.connectors.source.Shards.STREAM;
import static io.streambed.connectors.source.Shards.shard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

class TaskAssignmentTest {

  @Test
  void itTravelsAsText() {
    TaskAssignment assignment =
        new TaskAssignment(
            List.of(shard("a"), shard("e", "c", "d")), Map.of(STREAM, "arn:consumer"));

    assertThat(TaskAssignment.of(assignment.text())).isEqualTo(assignment);
  }

  @Test
  void whatIsNoAssignmentIsRefused() {
    assertThatThrownBy(() -> TaskAssignment.of("{"))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining(TaskAssignment.SETTING);
  }
}

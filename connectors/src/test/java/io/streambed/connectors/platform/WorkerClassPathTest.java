/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkerClassPathTest {

  @Test
  void aWorkerHasNothingOfThePluginsButWhatKafkaNeedsToo() {
    // Given
    List<String> tests =
        List.of(
            "/connectors/target/test-classes",
            "/connectors/target/classes",
            "/schemas/target/streambed-schemas-0.1.0.jar",
            "/m2/avro-1.12.2.jar",
            "/m2/jackson-databind-2.22.1.jar",
            "/m2/connect-runtime-4.3.1.jar",
            "/m2/kafka-clients-4.3.1.jar");
    Set<String> brought =
        Set.of("streambed-connectors-0.1.0.jar", "avro-1.12.2.jar", "jackson-databind-2.22.1.jar");

    // When
    List<String> worker = WorkerClassPath.of(tests, brought);

    // Then
    assertThat(worker)
        .containsExactly(
            "/m2/jackson-databind-2.22.1.jar",
            "/m2/connect-runtime-4.3.1.jar",
            "/m2/kafka-clients-4.3.1.jar");
  }
}

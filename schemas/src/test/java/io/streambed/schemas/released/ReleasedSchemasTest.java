/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.released;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streambed.schemas.BudgetEvent;
import io.streambed.schemas.Control;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.Redrive;
import io.streambed.schemas.ReplayRun;
import io.streambed.schemas.state.BudgetAccount;
import io.streambed.schemas.state.BudgetEntry;
import io.streambed.schemas.state.BudgetGrant;
import io.streambed.schemas.state.BudgetWish;
import io.streambed.schemas.state.Job;
import io.streambed.schemas.state.MovedCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleasedSchemasTest {

  /** Newer than the last release; to be emptied by the next. */
  private static final Set<Class<?>> TO_BE_RELEASED =
      Set.of(
          Control.class,
          BudgetEvent.class,
          BudgetEntry.class,
          BudgetWish.class,
          BudgetGrant.class,
          BudgetAccount.class,
          MovedCalls.class,
          Redrive.class,
          ReplayRun.class);

  @Test
  void everyRecordHasItsReleasedVersions() {
    assertThat(Contract.RECORDS)
        .filteredOn(record -> !TO_BE_RELEASED.contains(record.type()))
        .allSatisfy(record ->
            assertThat(ReleasedSchemas.of(record.type()))
                .as(record.toString())
                .isNotEmpty()
                .allMatch(schema -> schema.getFullName().equals(record.type().getName())));
  }

  @Test
  void aVersionThatWasNotReleasedIsAbsent() {
    assertThat(ReleasedSchemas.version(Job.class, ReleasedSchemas.newest() + 1)).isEmpty();
  }

  @Test
  void releasedSchemasAreFreeOfJavaOnlyProperties() {
    assertThat(ReleasedSchemas.version(PromptRequest.class, 1).orElseThrow().toString())
        .doesNotContain("avro.java")
        .contains("\"fingerprint\"");
  }

  @Test
  void aReleaseIsWrittenOnceAndReadsBackAsTheCurrentSchemas(@TempDir Path folder)
      throws IOException {
    // When
    SchemaRelease.write(folder, 1);

    // Then
    assertThat(folder.resolve("newest")).hasContent("1");
    Schema written = new Schema.Parser().parse(Files.readString(folder.resolve("1/Job.avsc")));
    assertThat(written.getDoc()).isEqualTo(Job.getClassSchema().getDoc());
    assertThat(written.getFields()).hasSameSizeAs(Job.getClassSchema().getFields());
    assertThatThrownBy(() -> SchemaRelease.write(folder, 1))
        .hasMessageContaining("released already");
    assertThatThrownBy(() -> SchemaRelease.write(folder, 3))
        .hasMessageContaining("version 2 is not");
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.letters;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.cli.harness.Letters;
import io.streambed.cli.letters.Groups.By;
import io.streambed.cli.letters.Groups.Row;
import io.streambed.cli.letters.Groups.Sum;
import io.streambed.processors.redrive.Ledger;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupsTest {

  @Test
  void sumsAreKeptApartByWhatIsAskedAndAddUp() {
    // Given
    Groups groups = new Groups(List.of(By.TENANT, By.CODE));

    // When
    groups.add(Letters.at(1).build(), Ledger.State.OPEN);
    groups.add(Letters.at(2).build(), Ledger.State.REDRIVEN);
    groups.add(Letters.at(3).setTenant(null).build(), Ledger.State.PARKED);

    // Then
    assertThat(groups.rows())
        .containsExactly(
            new Row(List.of("acme", "MODEL_ERROR"), new Sum(2, 1, 0, 10)),
            new Row(List.of("-", "MODEL_ERROR"), new Sum(1, 0, 1, 5)));
    assertThat(groups.total()).isEqualTo(new Sum(3, 1, 1, 15));
    assertThat(groups.total().open()).isEqualTo(1);
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.budget;

import io.streambed.schemas.BudgetEvent;
import io.streambed.schemas.state.BudgetWish;
import io.streambed.schemas.state.Failure;

/** What a budget says. */
sealed interface Said {

  /** The wish has its money. */
  record Granted(String tenant, BudgetWish wish) implements Said {}

  /** The wish gets none. */
  record Refused(String tenant, BudgetWish wish, Failure failure) implements Said {}

  /** Something to be told once a period. */
  record Told(BudgetEvent event) implements Said {}
}

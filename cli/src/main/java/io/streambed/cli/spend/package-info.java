/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** What was spent, and what was not: sums of usage events and of answers that needed no call. */
@NullMarked
package io.streambed.cli.spend;

import org.jspecify.annotations.NullMarked;

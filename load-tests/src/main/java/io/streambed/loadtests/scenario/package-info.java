/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** The scenarios, few lines each. */
@NullMarked
package io.streambed.loadtests.scenario;

import org.jspecify.annotations.NullMarked;

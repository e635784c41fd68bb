/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Load tests: one numbered scenario a question. {@link io.streambed.loadtests.Main} is what is run.
 */
@NullMarked
package io.streambed.loadtests;

import org.jspecify.annotations.NullMarked;

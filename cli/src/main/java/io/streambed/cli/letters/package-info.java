/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Choosing dead letters and adding them up. */
@NullMarked
package io.streambed.cli.letters;

import org.jspecify.annotations.NullMarked;

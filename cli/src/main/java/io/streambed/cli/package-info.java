/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** The `streambed` command: where it begins. The commands themselves are in {@code command}. */
@NullMarked
package io.streambed.cli;

import org.jspecify.annotations.NullMarked;

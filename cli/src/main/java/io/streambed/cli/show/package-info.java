/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** How things are put before a person, aligned and short, or before a program, as JSON lines. */
@NullMarked
package io.streambed.cli.show;

import org.jspecify.annotations.NullMarked;

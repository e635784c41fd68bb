/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Old settlements against new ones: pair by pair, and in sum. Decides from values alone. */
@NullMarked
package io.streambed.cli.compare;

import org.jspecify.annotations.NullMarked;

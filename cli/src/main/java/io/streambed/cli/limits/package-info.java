/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** What the instances of a running platform tell of their lanes, and its sum. */
@NullMarked
package io.streambed.cli.limits;

import org.jspecify.annotations.NullMarked;

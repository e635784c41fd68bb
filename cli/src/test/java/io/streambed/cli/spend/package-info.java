/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Tests of the sums. */
@NullMarked
package io.streambed.cli.spend;

import org.jspecify.annotations.NullMarked;

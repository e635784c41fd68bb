/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Tests of what a run does with recorded requests. */
@NullMarked
package io.streambed.cli.replay;

import org.jspecify.annotations.NullMarked;

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Tests of dead letters and of what is done with them. */
@NullMarked
package io.streambed.cli.redrive;

import org.jspecify.annotations.NullMarked;

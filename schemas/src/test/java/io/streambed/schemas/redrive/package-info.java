/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** What a redriven request's headers say. */
@NullMarked
package io.streambed.schemas.redrive;

import org.jspecify.annotations.NullMarked;

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** The topics: their names, what they hold, how they are created and checked. */
@NullMarked
package io.streambed.schemas.topics;

import org.jspecify.annotations.NullMarked;

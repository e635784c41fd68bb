/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** How a request's record tells that it was redriven: the headers that are reserved for it. */
@NullMarked
package io.streambed.schemas.redrive;

import org.jspecify.annotations.NullMarked;

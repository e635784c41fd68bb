/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** What every registry must do for us, run against real ones. */
@NullMarked
package io.streambed.schemas.contract;

import org.jspecify.annotations.NullMarked;

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** What marks a record as part of a run that asks recorded requests again. */
@NullMarked
package io.streambed.schemas.replay;

import org.jspecify.annotations.NullMarked;

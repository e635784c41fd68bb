/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Tests of what marks a record as part of a run. */
@NullMarked
package io.streambed.schemas.replay;

import org.jspecify.annotations.NullMarked;

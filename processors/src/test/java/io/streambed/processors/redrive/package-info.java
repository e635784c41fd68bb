/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** What becomes of dead letters' requests. */
@NullMarked
package io.streambed.processors.redrive;

import org.jspecify.annotations.NullMarked;

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Tests of the topics' catalogue, and of how topics are created and checked. */
@NullMarked
package io.streambed.schemas.topics;

import org.jspecify.annotations.NullMarked;

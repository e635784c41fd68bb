/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** The models that the stand-in knows: what they take, what they limit, what they cost. */
@NullMarked
package io.streambed.local.bedrock.catalog;

import org.jspecify.annotations.NullMarked;

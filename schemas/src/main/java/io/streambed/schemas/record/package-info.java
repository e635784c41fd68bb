/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** What all generated records have in common. */
@NullMarked
package io.streambed.schemas.record;

import org.jspecify.annotations.NullMarked;

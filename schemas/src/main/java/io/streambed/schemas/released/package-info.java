/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Every version of our schemas that was ever released: what data out there may look like. */
@NullMarked
package io.streambed.schemas.released;

import org.jspecify.annotations.NullMarked;

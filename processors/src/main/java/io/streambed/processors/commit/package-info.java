/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** When a stream thread's transaction commits: asking for it, and being told. */
@NullMarked
package io.streambed.processors.commit;

import org.jspecify.annotations.NullMarked;

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** How long a model takes. */
@NullMarked
package io.streambed.local.bedrock.latency;

import org.jspecify.annotations.NullMarked;

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** What is said over the wire: operations, errors, answers and event frames. */
@NullMarked
package io.streambed.local.bedrock.wire;

import org.jspecify.annotations.NullMarked;

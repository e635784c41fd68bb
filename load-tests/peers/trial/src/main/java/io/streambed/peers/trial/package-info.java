/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Tries each peer in a process of its own, as the harness starts it. */
@NullMarked
package io.streambed.peers.trial;

import org.jspecify.annotations.NullMarked;

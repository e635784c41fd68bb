/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** What every peer does for a record: decode the prompt, call the model, encode the result. */
@NullMarked
package io.streambed.peers.work;

import org.jspecify.annotations.NullMarked;

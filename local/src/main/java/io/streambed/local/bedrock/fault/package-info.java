/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Faults that a test or a user puts in the way of calls. */
@NullMarked
package io.streambed.local.bedrock.fault;

import org.jspecify.annotations.NullMarked;

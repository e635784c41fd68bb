/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** A bench: the services, handles to speak to them, and what a reader of the results sees. */
@NullMarked
package io.streambed.loadtests.bench;

import org.jspecify.annotations.NullMarked;

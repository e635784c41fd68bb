/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** The faults of 09-faults: each a name, how it is provoked, what is documented to follow. */
@NullMarked
package io.streambed.loadtests.fault;

import org.jspecify.annotations.NullMarked;

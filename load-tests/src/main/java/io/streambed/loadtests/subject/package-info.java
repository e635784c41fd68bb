/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Systems under test and how each is started. */
@NullMarked
package io.streambed.loadtests.subject;

import org.jspecify.annotations.NullMarked;

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Tests. */
@NullMarked
package io.streambed.loadtests.subject;

import org.jspecify.annotations.NullMarked;

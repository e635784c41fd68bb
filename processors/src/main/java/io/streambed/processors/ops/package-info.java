/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Health, metrics and build information over HTTP. */
@NullMarked
package io.streambed.processors.ops;

import org.jspecify.annotations.NullMarked;

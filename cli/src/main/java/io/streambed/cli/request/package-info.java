/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** From what a user writes, plain JSON or options, to the records that are published. */
@NullMarked
package io.streambed.cli.request;

import org.jspecify.annotations.NullMarked;

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** A whole platform for end-to-end tests. */
@NullMarked
package io.streambed.cli.harness;

import org.jspecify.annotations.NullMarked;

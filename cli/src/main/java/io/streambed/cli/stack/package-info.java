/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Everything that the platform needs around it, started on this machine. */
@NullMarked
package io.streambed.cli.stack;

import org.jspecify.annotations.NullMarked;

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** The demonstration: a workload from files, and whether each request settled as its file says. */
@NullMarked
package io.streambed.cli.demo;

import org.jspecify.annotations.NullMarked;

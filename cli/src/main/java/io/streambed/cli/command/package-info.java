/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** The commands of the command line, a class each: options in, exit code out. */
@NullMarked
package io.streambed.cli.command;

import org.jspecify.annotations.NullMarked;

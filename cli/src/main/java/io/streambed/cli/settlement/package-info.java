/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** What became of a request: a result or a dead letter, as the command line sees them. */
@NullMarked
package io.streambed.cli.settlement;

import org.jspecify.annotations.NullMarked;

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** How logs are written. Named by logback.xml and its parts. */
@NullMarked
package io.streambed.cli.log;

import org.jspecify.annotations.NullMarked;

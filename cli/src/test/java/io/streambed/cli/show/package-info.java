/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Tests of what people and programs are shown. */
@NullMarked
package io.streambed.cli.show;

import org.jspecify.annotations.NullMarked;

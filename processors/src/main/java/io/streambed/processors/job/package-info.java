/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** What travels between the steps and rests in the stores. */
@NullMarked
package io.streambed.processors.job;

import org.jspecify.annotations.NullMarked;

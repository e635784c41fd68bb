/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** The port to language models: what is asked, what comes back, and what it costs. */
@NullMarked
package io.streambed.processors.model;

import org.jspecify.annotations.NullMarked;

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * One file of settings and the environment in; one tree of records, or every error at once, out.
 */
@NullMarked
package io.streambed.processors.config;

import org.jspecify.annotations.NullMarked;

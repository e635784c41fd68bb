/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Publishes the requests of dead letters again: what becomes of one, and how it is written so that
 * none is redriven twice.
 */
@NullMarked
package io.streambed.processors.redrive;

import org.jspecify.annotations.NullMarked;

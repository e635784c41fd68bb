/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * A run that publishes the requests of dead letters again: what is changed, what it costs, how it
 * goes.
 */
@NullMarked
package io.streambed.cli.redrive;

import org.jspecify.annotations.NullMarked;

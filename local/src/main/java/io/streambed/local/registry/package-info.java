/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** A schema registry in memory that speaks the Confluent REST protocol. */
@NullMarked
package io.streambed.local.registry;

import org.jspecify.annotations.NullMarked;

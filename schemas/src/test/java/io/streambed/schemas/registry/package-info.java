/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Tests of the registry's client, against scripted and real registries. */
@NullMarked
package io.streambed.schemas.registry;

import org.jspecify.annotations.NullMarked;

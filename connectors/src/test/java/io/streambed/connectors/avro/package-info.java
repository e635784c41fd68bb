/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Tests of the converter; its contract is run against real registries. */
@NullMarked
package io.streambed.connectors.avro;

import org.jspecify.annotations.NullMarked;

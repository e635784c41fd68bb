/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Avro in the wire format of schema registries, for any connector. How Avro and Connect's data
 * correspond is Apicurio's work; what is ours is the registry's client, its failures, and that
 * records of Streambed's contract are written with the contract's own schema.
 */
@NullMarked
package io.streambed.connectors.avro;

import org.jspecify.annotations.NullMarked;

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The transform that makes requests of whatever JSON a stream holds: settings say where in it each
 * field of a request is. What becomes of a record is decided without Connect; {@code ToRequest}
 * alone knows records and headers.
 */
@NullMarked
package io.streambed.connectors.request;

import org.jspecify.annotations.NullMarked;

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** One HTTP server on one port, HTTP/1.1 and HTTP/2 without TLS. */
@NullMarked
package io.streambed.local.http;

import org.jspecify.annotations.NullMarked;

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** How both connectors reach AWS: settings, credentials, clients, and what its refusals mean. */
@NullMarked
package io.streambed.connectors.aws;

import org.jspecify.annotations.NullMarked;

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** The HTTP API through which a user reads the ledger and sets faults, latency and quotas. */
@NullMarked
package io.streambed.local.bedrock.control;

import org.jspecify.annotations.NullMarked;

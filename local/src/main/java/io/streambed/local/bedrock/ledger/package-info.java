/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Every call that was received, and what it was billed. */
@NullMarked
package io.streambed.local.bedrock.ledger;

import org.jspecify.annotations.NullMarked;

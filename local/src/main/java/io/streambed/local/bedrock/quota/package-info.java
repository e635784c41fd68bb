/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Bedrock's arithmetic of requests and tokens a minute. */
@NullMarked
package io.streambed.local.bedrock.quota;

import org.jspecify.annotations.NullMarked;

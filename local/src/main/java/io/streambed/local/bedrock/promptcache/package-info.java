/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** The models' own cache of the beginnings of prompts. */
@NullMarked
package io.streambed.local.bedrock.promptcache;

import org.jspecify.annotations.NullMarked;

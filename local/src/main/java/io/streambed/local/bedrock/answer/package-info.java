/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Answers made up from the request alone: equal requests get equal answers, near texts get near
 * vectors.
 */
@NullMarked
package io.streambed.local.bedrock.answer;

import org.jspecify.annotations.NullMarked;

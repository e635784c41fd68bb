/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What is known from earlier work: answers, how each request was settled, and when both are
 * forgotten.
 */
@NullMarked
package io.streambed.processors.answers;

import org.jspecify.annotations.NullMarked;

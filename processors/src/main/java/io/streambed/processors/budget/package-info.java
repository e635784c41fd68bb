/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What tenants may spend: an account each, which sets aside the most that a request can cost before
 * its call and books what it did cost afterwards.
 */
@NullMarked
package io.streambed.processors.budget;

import org.jspecify.annotations.NullMarked;

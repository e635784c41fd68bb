/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** A real registry of another maker, for the tests of every module that speaks to one. */
@NullMarked
package io.streambed.schemas.apicurio;

import org.jspecify.annotations.NullMarked;

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Tests of who asks AWS, and of what it means when AWS says no. */
@NullMarked
package io.streambed.connectors.aws;

import org.jspecify.annotations.NullMarked;

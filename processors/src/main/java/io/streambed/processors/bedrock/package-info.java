/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/** The adapter to Amazon Bedrock; the only user of the AWS SDK. */
@NullMarked
package io.streambed.processors.bedrock;

import org.jspecify.annotations.NullMarked;

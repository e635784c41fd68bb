/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * A stand-in for Amazon Bedrock's runtime that speaks its wire protocol, errors, quotas and
 * billing.
 */
@NullMarked
package io.streambed.local.bedrock;

import org.jspecify.annotations.NullMarked;

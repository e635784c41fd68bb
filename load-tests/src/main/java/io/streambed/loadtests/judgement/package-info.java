/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Judges a run from outside, by numbers: requests, settlements, usage events and the ledger of the
 * stand-in. Pure.
 */
@NullMarked
package io.streambed.loadtests.judgement;

import org.jspecify.annotations.NullMarked;

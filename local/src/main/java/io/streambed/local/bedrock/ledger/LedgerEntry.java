/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.ledger;

/**
 * One call.
 *
 * @param sequence number in order of receipt, from 1
 * @param facts what was asked
 * @param outcome what became of it so far
 */
public record LedgerEntry(long sequence, CallFacts facts, CallOutcome outcome) {}

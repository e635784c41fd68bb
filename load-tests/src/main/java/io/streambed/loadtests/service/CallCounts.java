/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.service;

/**
 * Calls of the bare client since it was asked last.
 *
 * @param calls calls that were answered
 * @param failed calls that failed
 * @param p50 median latency in milliseconds
 * @param p90 90 % took at most so long
 * @param p99 99 % took at most so long
 */
public record CallCounts(long calls, long failed, double p50, double p90, double p99) {}

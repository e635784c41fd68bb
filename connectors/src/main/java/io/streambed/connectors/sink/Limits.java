/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import java.time.Duration;

/**
 * How much goes in one request.
 *
 * @param batchRecords most records of a request
 * @param batchBytes most bytes of a request, not less than of a record
 * @param recordBytes most bytes of a record, data and partition key
 * @param linger how long a record waits for others
 */
record Limits(int batchRecords, int batchBytes, int recordBytes, Duration linger) {}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

/**
 * Limits that follow from the topics and the stores, and not from a setting.
 *
 * @param maxJobBytes most bytes of what admission writes for one request, key included: at most
 *     what the topic of jobs takes in a record, less the record's own overhead. A job is a little
 *     larger than its request, and about twice as large where the request was written in another
 *     schema than Streambed's own, because it then keeps the original bytes too
 * @param maxIdLength most characters of a request's id
 * @param maxTenantLength most characters of a tenant's name
 */
public record AdmissionLimits(int maxJobBytes, int maxIdLength, int maxTenantLength) {

  private static final int ID_LENGTH = 256;
  private static final int TENANT_LENGTH = 128;

  public AdmissionLimits {
    if (maxJobBytes < 1 || maxIdLength < 1 || maxTenantLength < 1) {
      throw new IllegalArgumentException("a limit of admission is less than 1");
    }
  }

  /** The limits where a job may have so many bytes. */
  public static AdmissionLimits forJobsOf(int maxJobBytes) {
    return new AdmissionLimits(maxJobBytes, ID_LENGTH, TENANT_LENGTH);
  }
}

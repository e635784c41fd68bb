/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.aws;

import org.apache.kafka.connect.errors.ConnectException;

/**
 * AWS does not do what was asked, and asking again does not help; the message says who can help.
 */
public final class AwsRefusedException extends ConnectException {

  AwsRefusedException(String message) {
    super(message);
  }

  static AwsRefusedException noRegion() {
    return new AwsRefusedException(
        "no AWS region is known; set "
            + AwsConfig.REGION
            + ", or AWS_REGION in the worker's environment");
  }
}

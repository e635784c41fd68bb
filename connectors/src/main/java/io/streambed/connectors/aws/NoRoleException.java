/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.aws;

import software.amazon.awssdk.core.exception.SdkClientException;

/** STS gave no credentials of the role. */
final class NoRoleException extends SdkClientException {

  private static final long serialVersionUID = 1L;

  private final RuntimeException why;

  NoRoleException(RuntimeException why) {
    super(SdkClientException.builder().message("no credentials of the role").cause(why));
    this.why = why;
  }

  /** What STS answered, or that it did not. */
  RuntimeException why() {
    return why;
  }
}

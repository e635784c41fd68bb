/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import software.amazon.awssdk.core.exception.SdkClientException;

/** There are no credentials to sign a call with. Its cause says why and is for {@link Failures}. */
final class NoCredentialsException extends SdkClientException {

  private static final long serialVersionUID = 1L;

  NoCredentialsException(Throwable cause) {
    super(SdkClientException.builder().message("no credentials").cause(cause));
  }
}

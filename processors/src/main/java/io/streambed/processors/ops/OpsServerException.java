/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.ops;

import org.jspecify.annotations.Nullable;

/** Health and metrics cannot be served; the operator must choose another address. */
public final class OpsServerException extends RuntimeException {

  private OpsServerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static OpsServerException cannotListen(OpsConfig config, @Nullable Throwable cause) {
    return new OpsServerException(
        "cannot listen on "
            + config.host()
            + ":"
            + config.port()
            + ": the port is taken, or the address is not this machine's; set ops.host and ops.port,"
            + " or ops.enabled to false",
        cause);
  }
}

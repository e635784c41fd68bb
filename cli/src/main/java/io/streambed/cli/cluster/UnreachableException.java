/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.cluster;

/** Kafka or the registry does not answer. The message says which, where, and what to try. */
public final class UnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private UnreachableException(String message) {
    super(message);
  }

  /** Kafka does not answer at its addresses. */
  public static UnreachableException kafka(String bootstrapServers) {
    return new UnreachableException(
        "cannot reach Kafka at %s; is it running there? `./streambed local` starts one, --bootstrap-server says where it is"
            .formatted(bootstrapServers));
  }

  /**
   * The registry does not answer.
   *
   * @param reason what its client says
   */
  public static UnreachableException registry(String reason) {
    return new UnreachableException(
        reason
            + "; is it running there? `./streambed local` starts one, --registry says where it is");
  }
}

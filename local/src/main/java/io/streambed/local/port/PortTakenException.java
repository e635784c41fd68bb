/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.port;

/** A service cannot listen because something else already does. The user's to solve. */
public final class PortTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String service;
  private final int port;
  private final String flag;

  /**
   * @param service the service, as a user calls it
   * @param host the address it was to listen on
   * @param port the port that is taken
   * @param flag the command-line flag that chooses another port
   */
  public PortTakenException(String service, String host, int port, String flag) {
    super(
        "%s cannot listen on %s:%d because the port is taken; stop what uses it, or choose another port with %s"
            .formatted(service, host, port, flag));
    this.service = service;
    this.port = port;
    this.flag = flag;
  }

  /** The service that could not start. */
  public String service() {
    return service;
  }

  /** The port that is taken. */
  public int port() {
    return port;
  }

  /** The command-line flag that chooses another port. */
  public String flag() {
    return flag;
  }
}

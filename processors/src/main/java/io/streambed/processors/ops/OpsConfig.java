/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.ops;

import java.util.Optional;

/**
 * Where health, metrics and build information are served.
 *
 * @param enabled whether they are
 * @param host address to listen on; a loopback address unless others shall reach it
 * @param port port to listen on; 0 takes a free one
 * @param advertisedHost under which other instances and operators reach it; where it is not given,
 *     the address that it listens on, or this machine's where that is any
 */
public record OpsConfig(boolean enabled, String host, int port, Optional<String> advertisedHost) {

  /** The values that apply where nothing is configured. */
  public static OpsConfig defaults() {
    return new OpsConfig(true, "127.0.0.1", 8090, Optional.empty());
  }
}

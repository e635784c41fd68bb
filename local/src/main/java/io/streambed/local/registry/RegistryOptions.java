/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.registry;

import java.util.Optional;

/**
 * How the registry is started.
 *
 * @param host address to listen on
 * @param port port; 0 picks a free one
 * @param credentials what a caller must present; absent means anyone may call
 */
public record RegistryOptions(String host, int port, Optional<Credentials> credentials) {

  /** Port that schema registries use by custom. */
  public static final int CUSTOMARY_PORT = 8081;

  /** User and password of HTTP's basic authentication. */
  public record Credentials(String user, String password) {
    @Override
    public String toString() {
      return "Credentials[" + user + "]";
    }
  }

  /** A registry for one test: a free port on the loopback address, open to anyone. */
  public static RegistryOptions ephemeral() {
    return new RegistryOptions("127.0.0.1", 0, Optional.empty());
  }

  /** The same on another address. */
  public RegistryOptions withHost(String newHost) {
    return new RegistryOptions(newHost, port, credentials);
  }

  /** The same with another port. */
  public RegistryOptions withPort(int newPort) {
    return new RegistryOptions(host, newPort, credentials);
  }

  /** The same for callers that present this user and password. */
  public RegistryOptions withCredentials(String user, String password) {
    return new RegistryOptions(host, port, Optional.of(new Credentials(user, password)));
  }
}

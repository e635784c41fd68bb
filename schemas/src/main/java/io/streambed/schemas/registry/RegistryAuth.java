/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Optional;

/** How the client shows who it is. No {@code toString} shows a secret. */
public sealed interface RegistryAuth {

  /** Value of the {@code Authorization} header, if there is one. */
  Optional<String> header();

  /** The registry asks nobody. */
  record None() implements RegistryAuth {
    @Override
    public Optional<String> header() {
      return Optional.empty();
    }
  }

  /** A user's name and password. */
  record Basic(String user, String password) implements RegistryAuth {
    @Override
    public Optional<String> header() {
      byte[] pair = (user + ":" + password).getBytes(UTF_8);
      return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
    }

    @Override
    public String toString() {
      return "Basic[user=" + user + ", password=hidden]";
    }
  }

  /** A token. */
  record Bearer(String token) implements RegistryAuth {
    @Override
    public Optional<String> header() {
      return Optional.of("Bearer " + token);
    }

    @Override
    public String toString() {
      return "Bearer[token=hidden]";
    }
  }
}

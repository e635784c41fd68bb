/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client asks.
 *
 * @param method HTTP method
 * @param path path as it was sent, still encoded, without the query
 * @param query decoded parameters of the query
 * @param headers by their names in lower case, the first of each
 * @param body all of it; empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody, and too large to be copied.
public record Request(
    String method,
    String path,
    Map<String, List<String>> query,
    Map<String, String> headers,
    byte[] body) {

  /** A header; {@code name} in lower case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}

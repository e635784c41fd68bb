/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * One request.
 *
 * @param method HTTP method
 * @param path the decoded parts of the path
 * @param query the query's parameters, the first of each
 * @param body the body; missing if there is none or it is no JSON
 */
record RegistryRequest(String method, List<String> path, Map<String, String> query, JsonNode body) {

  int parts() {
    return path.size();
  }

  /** The part of the path, or an empty text behind its end. */
  String part(int index) {
    return index < path.size() ? path.get(index) : "";
  }

  boolean flag(String name) {
    return Boolean.parseBoolean(query.getOrDefault(name, "false"));
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;

/** Everything that was registered. Not safe for several threads: its owner takes turns. */
final class Subjects {
  private final Map<String, List<Registered>> versions = new TreeMap<>();
  private final Map<String, Integer> idByText = new HashMap<>();
  private final Map<Integer, Registered> byId = new HashMap<>();

  List<String> names(boolean withDeleted) {
    return versions.keySet().stream().filter(name -> !all(name, withDeleted).isEmpty()).toList();
  }

  /** Versions of a subject, oldest first; empty if there is no such subject. */
  List<Registered> all(String subject, boolean withDeleted) {
    return versions.getOrDefault(subject, List.of()).stream()
        .filter(one -> withDeleted || !one.deleted())
        .toList();
  }

  Optional<Registered> version(String subject, int version) {
    return all(subject, false).stream().filter(one -> one.version() == version).findFirst();
  }

  Optional<Registered> latest(String subject) {
    List<Registered> all = all(subject, false);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  Optional<Registered> same(String subject, Schema schema, boolean withDeleted) {
    String text = schema.toString();
    return all(subject, withDeleted).stream().filter(one -> one.text().equals(text)).findFirst();
  }

  Optional<Registered> byId(int id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Every version that has this id, in any subject. */
  List<Registered> uses(int id) {
    return versions.values().stream()
        .flatMap(List::stream)
        .filter(one -> one.id() == id && !one.deleted())
        .toList();
  }

  Registered add(String subject, Schema schema, JsonNode references) {
    String text = schema.toString();
    int id = idByText.computeIfAbsent(text, ignored -> idByText.size() + 1);
    List<Registered> list = versions.computeIfAbsent(subject, ignored -> new ArrayList<>());
    int version = list.isEmpty() ? 1 : list.getLast().version() + 1;
    Registered added = new Registered(subject, version, id, schema, references, false);
    list.add(added);
    byId.putIfAbsent(id, added);
    return added;
  }

  void delete(Registered gone, boolean permanent) {
    List<Registered> list = versions.getOrDefault(gone.subject(), new ArrayList<>());
    list.replaceAll(one -> one.version() == gone.version() ? one.asDeleted() : one);
    if (permanent) {
      list.removeIf(one -> one.version() == gone.version());
    }
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.figures;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * A table.
 *
 * @param title what it shows, in a few words
 * @param columns their heads
 * @param rows cells, as many a row as there are columns
 * @param note what a reader must know; empty for nothing
 */
public record Table(String title, List<String> columns, List<List<String>> rows, String note) {

  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "a row of '%s' has %d cells for %d columns"
                .formatted(title, row.size(), columns.size()));
      }
    }
  }

  /** A table without rows. */
  public static Table of(String title, String... columns) {
    return new Table(title, List.of(columns), List.of(), "");
  }

  /** The same with a row more; numbers as {@link #cell} writes them. */
  public Table row(Object... cells) {
    List<List<String>> more = new ArrayList<>(rows);
    more.add(List.of(cells).stream().map(Table::cell).toList());
    return new Table(title, columns, more, note);
  }

  /** The same with a note. */
  public Table note(String text) {
    return new Table(title, columns, rows, text);
  }

  /** A value with about three digits that say something. */
  static String cell(Object value) {
    if (value instanceof Double number) {
      double size = Math.abs(number);
      String form = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
      return String.format(Locale.ROOT, form, number);
    }
    if (value instanceof Integer || value instanceof Long) {
      return String.format(Locale.ROOT, "%,d", ((Number) value).longValue());
    }
    return value.toString();
  }

  /** As Markdown. */
  public String markdown() {
    StringBuilder text = new StringBuilder("### " + title + "\n\n");
    text.append(line(columns)).append(line(Collections.nCopies(columns.size(), "---")));
    rows.forEach(row -> text.append(line(row)));
    if (!note.isEmpty()) {
      text.append('\n').append(note).append('\n');
    }
    return text.toString();
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}

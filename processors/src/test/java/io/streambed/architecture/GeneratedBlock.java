/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A part of a page that is written from code: all between {@code <!-- name:begin -->} and {@code
 * <!-- name:end -->}.
 */
public final class GeneratedBlock {
  private final Path page;
  private final String begin;
  private final String end;

  private GeneratedBlock(Path page, String name) {
    this.page = page;
    this.begin = "<!-- " + name + ":begin -->";
    this.end = "<!-- " + name + ":end -->";
  }

  /** The block of that name in a page. */
  public static GeneratedBlock of(Path page, String name) {
    return new GeneratedBlock(page, name);
  }

  /** Fails if the page says something else; with {@code -Dregenerate} it is written first. */
  public void mustBe(String wanted) throws IOException {
    if (System.getProperty("regenerate") != null) {
      String whole = Files.readString(page);
      Files.writeString(
          page,
          whole.substring(0, from(whole))
              + "\n"
              + wanted.strip()
              + "\n"
              + whole.substring(to(whole)));
    }
    String whole = Files.readString(page);
    assertThat(whole.substring(from(whole), to(whole)).strip())
        .as(
            "%s is not what the code says; write it anew with -Dregenerate, see CONTRIBUTING.md",
            page)
        .isEqualTo(wanted.strip());
  }

  private int from(String whole) {
    int at = whole.indexOf(begin);
    assertThat(at).as("%s has no %s", page, begin).isNotNegative();
    return at + begin.length();
  }

  private int to(String whole) {
    int at = whole.indexOf(end);
    assertThat(at).as("%s has no %s", page, end).isNotNegative();
    return at;
  }
}

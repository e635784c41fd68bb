/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.request;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of requests, a JSON object a line; empty lines and lines that begin with {@code #} do not
 * count. It is read twice, first to check every line and then to publish, so that its size is of no
 * matter and nothing is published from a file with a bad line.
 */
public final class RequestFile implements Requests {
  private static final int MOST_PROBLEMS = 20;

  private final Path file;
  private final RequestParser parser;
  private final int count;

  private RequestFile(Path file, RequestParser parser, int count) {
    this.file = file;
    this.parser = parser;
    this.count = count;
  }

  /**
   * Checks every line of a file.
   *
   * @param file the file, in UTF-8
   * @param parser reads its lines
   * @throws BadLinesException telling the bad lines, the first twenty of them
   * @throws IOException if the file cannot be read
   */
  public static RequestFile check(Path file, RequestParser parser)
      throws BadLinesException, IOException {
    return new RequestFile(file, parser, read(file, parser, (number, request) -> {}));
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public void forEach(Taker taker) throws BadLinesException, IOException {
    read(file, parser, taker);
  }

  private static int read(Path file, RequestParser parser, Taker taker)
      throws BadLinesException, IOException {
    List<String> problems = new ArrayList<>();
    int requests = 0;
    int number = 0;
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (line.isBlank() || line.stripLeading().startsWith("#")) {
          continue;
        }
        try {
          taker.take(number, parser.parse(line));
          requests++;
        } catch (BadFieldException e) {
          problems.add("line %d: %s".formatted(number, e.getMessage()));
          if (problems.size() == MOST_PROBLEMS) {
            problems.add("and perhaps more: the rest of the file was not read");
            break;
          }
        }
      }
    } catch (MalformedInputException e) {
      problems.add("line %d or soon after: is not UTF-8 text".formatted(number + 1));
    }
    if (!problems.isEmpty()) {
      throw BadLinesException.of(file.toString(), problems);
    }
    return requests;
  }
}

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
public final class RequestFile {
  private static final int MOST_PROBLEMS = 20;

  private final Path file;

  /**
   * @param file the file, in UTF-8
   */
  public RequestFile(Path file) {
    this.file = file;
  }

  /** What is done with each request. */
  @FunctionalInterface
  public interface Taker {
    /**
     * Takes a request.
     *
     * @param lineNumber number of its line, from 1
     * @param request the request
     * @throws IOException where taking means input or output that failed
     */
    void take(int lineNumber, Request request) throws IOException;
  }

  /**
   * Checks every line.
   *
   * @return how many requests there are
   * @throws BadLinesException telling the bad lines, the first twenty of them
   * @throws IOException if the file cannot be read
   */
  public int check(RequestParser parser) throws BadLinesException, IOException {
    List<String> problems = new ArrayList<>();
    int requests = read(parser, (number, request) -> {}, problems);
    if (!problems.isEmpty()) {
      throw BadLinesException.of(file.toString(), problems);
    }
    return requests;
  }

  /**
   * Gives each request to a taker.
   *
   * @throws BadLinesException if the file was changed since it was checked
   * @throws IOException if the file cannot be read, or from the taker
   */
  public void forEach(RequestParser parser, Taker taker) throws BadLinesException, IOException {
    List<String> problems = new ArrayList<>();
    read(parser, taker, problems);
    if (!problems.isEmpty()) {
      throw BadLinesException.of(file.toString(), problems);
    }
  }

  private int read(RequestParser parser, Taker taker, List<String> problems) throws IOException {
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
            return requests;
          }
        }
      }
    } catch (MalformedInputException e) {
      problems.add("line %d: is not UTF-8 text".formatted(number + 1));
    }
    return requests;
  }
}

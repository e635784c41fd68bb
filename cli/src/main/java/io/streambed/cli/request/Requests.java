/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.request;

import java.io.IOException;
import java.util.List;

/** Requests that were checked and can be gone through. */
public interface Requests {

  /** How many there are. */
  int count();

  /**
   * Gives each to a taker, in order.
   *
   * @throws BadLinesException if they come from a file that was changed since it was checked
   * @throws IOException if they come from a file that cannot be read
   */
  void forEach(Taker taker) throws BadLinesException, IOException;

  /** What is done with each request. */
  @FunctionalInterface
  interface Taker {
    /**
     * Takes a request.
     *
     * @param number its line in the file, or its place in the list, from 1
     * @param request the request
     */
    void take(int number, Request request);
  }

  /** The requests of a list. */
  static Requests of(List<Request> requests) {
    List<Request> kept = List.copyOf(requests);
    return new Requests() {
      @Override
      public int count() {
        return kept.size();
      }

      @Override
      public void forEach(Taker taker) {
        for (int i = 0; i < kept.size(); i++) {
          taker.take(i + 1, kept.get(i));
        }
      }
    };
  }
}

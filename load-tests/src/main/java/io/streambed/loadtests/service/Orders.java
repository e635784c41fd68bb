/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.service;

import io.streambed.loadtests.process.Launch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * How a process of ours is spoken to: a line in, a line out. It ends when its parent does, for then
 * its standard input ends.
 */
final class Orders {
  private Orders() {}

  /** Carries out one order and gives the answer, without a line break. */
  @FunctionalInterface
  interface Handler {
    String carryOut(String order) throws Exception;
  }

  /** Says that it works, and where, then carries out orders until there are no more. */
  static void serve(String whereabouts, Handler handler) throws IOException {
    say(Launch.READY + " " + whereabouts);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = in.readLine(); order != null; order = in.readLine()) {
      say(answer(handler, order));
    }
    // Threads of a client or a broker must not keep an orphan alive.
    Runtime.getRuntime().halt(0);
  }

  private static String answer(Handler handler, String order) {
    try {
      return handler.carryOut(order);
    } catch (Exception e) {
      e.printStackTrace();
      return "FAILED " + e.getClass().getSimpleName();
    }
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}

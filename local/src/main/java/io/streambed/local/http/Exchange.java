/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.http;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One request, and how it is answered: at once with {@link #reply}, or piece by piece with {@link
 * #begin}, {@link #write} and {@link #end}. Waiting is a step that comes later and holds no thread.
 * Steps of one exchange follow each other on one thread, which serves other connections too: they
 * must not block. {@link #after} and {@link #reply} may be called by any thread.
 */
public interface Exchange {

  /** How an exchange has ended. */
  enum Ending {
    /** The answer was written, though perhaps not yet sent. */
    ANSWERED,
    /** The server closed the connection without an answer, or without all of it. */
    CUT,
    /** The client closed the connection, or the server was stopped, before that. */
    LEFT
  }

  /** What was asked. */
  Request request();

  /** Carries out a step after some time, or never if the exchange is over by then. */
  void after(Duration time, Runnable step);

  /** Adds what is told once how the exchange has ended, in the order in which it was added. */
  void whenOver(Consumer<Ending> listener);

  /** Answers. */
  void reply(int status, Map<String, String> headers, byte[] body);

  /** Begins an answer whose length is not known, unless a header says it. */
  void begin(int status, Map<String, String> headers);

  /** Sends the next piece of it. */
  void write(byte[] piece);

  /** It was the last one. */
  void end();

  /** Closes the connection at once. */
  void cut();
}

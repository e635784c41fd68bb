/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.fault;

import io.streambed.local.bedrock.wire.ErrorType;
import java.time.Duration;

/** What goes wrong. */
public sealed interface FaultEffect {

  /** Name in the ledger and in the HTTP API, such as {@code cut-connection}. */
  String name();

  /** It comes instead of an answer. */
  sealed interface Instead extends FaultEffect {}

  /** The model answers, and something goes wrong on the way back. */
  sealed interface OnTheWay extends FaultEffect {}

  /** Answers with an error of Bedrock. */
  // The name is always read together with that of the interface.
  @SuppressWarnings("AvoidCommonTypeNames")
  record Error(ErrorType type, String message) implements Instead {
    /** With the message that the real service gives. */
    public Error(ErrorType type) {
      this(type, type.message());
    }

    @Override
    public String name() {
      return "error";
    }
  }

  /**
   * Answers with a status that is no error of Bedrock, as a gateway on the way would.
   *
   * @param status such as 502
   */
  record Gateway(int status) implements Instead {
    @Override
    public String name() {
      return "gateway";
    }
  }

  /**
   * Does not answer. After the limit the connection is cut.
   *
   * @param limit how long; a client that leaves ends it earlier
   */
  record Hang(Duration limit) implements Instead {
    @Override
    public String name() {
      return "hang";
    }
  }

  /** Closes the connection without a byte of an answer. */
  record CutConnection() implements Instead {
    @Override
    public String name() {
      return "cut-connection";
    }
  }

  /**
   * Answers as usual, but later.
   *
   * @param extra time in addition to the model's own
   */
  record Delay(Duration extra) implements OnTheWay {
    @Override
    public String name() {
      return "delay";
    }
  }

  /**
   * Answers as usual, but the body comes in small pieces.
   *
   * @param time from the first byte to the last
   */
  record SlowBody(Duration time) implements OnTheWay {
    @Override
    public String name() {
      return "slow-body";
    }
  }

  /** Answers 200 with a body that is cut in its middle, so that it is no JSON. */
  record MalformedBody() implements OnTheWay {
    @Override
    public String name() {
      return "malformed-body";
    }
  }

  /** Sends the first half of the answer and then closes the connection. */
  record CutBody() implements OnTheWay {
    @Override
    public String name() {
      return "cut-body";
    }
  }

  /** Answers 200 with JSON that is no answer of Bedrock's. A stream ends before its first event. */
  record ForeignBody() implements OnTheWay {
    @Override
    public String name() {
      return "foreign-body";
    }
  }

  /**
   * Ends a stream after some events, without an error: what comes last, the usage too, is missing.
   * Has no effect on a call that does not stream.
   *
   * @param events events that are sent
   */
  record TruncatedStream(int events) implements OnTheWay {
    @Override
    public String name() {
      return "truncated-stream";
    }
  }

  /**
   * Sends an error in the middle of a stream. On a call that does not stream it is that error.
   *
   * @param type the error
   * @param events events that are sent before it
   */
  record StreamError(ErrorType type, int events) implements OnTheWay {
    @Override
    public String name() {
      return "stream-error";
    }
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.schemas.state.EndedCall;
import java.util.List;

/**
 * Tells other processes of calls that this one has made for tasks which have left it, so that they
 * need not be made again. An attempt is told to be open, again and again, until its end is told or
 * its task has come back. Best effort: what is not told is lost, and its new owner counts it so.
 *
 * <p>Safe for use by many threads.
 */
public interface Departures {

  /** An attempt's task leaves; to be called before its end can be told. */
  void leaving(String attemptId);

  /** The end of an attempt whose task has left; nothing is said of one that did not. */
  void ended(EndedCall end);

  /** An attempt's task is here again. */
  void returned(String attemptId);

  /**
   * Tells at once what has left, and returns when others can know it or after a moment: whoever
   * gets a task next must find it told.
   *
   * @param neverSent attempts that were never sent and never will be
   */
  void tell(List<String> neverSent);
}

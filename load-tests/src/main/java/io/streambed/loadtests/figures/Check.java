/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.figures;

/**
 * Something that a run has to show.
 *
 * @param what what was looked at
 * @param wanted what it has to be, in words
 * @param observed what it was
 * @param met whether it was as wanted
 * @param strict whether the run fails if not; otherwise it is a target, and the table says how far
 */
public record Check(String what, String wanted, String observed, boolean met, boolean strict) {

  /** A promise: without it the run fails. */
  public static Check promise(String what, String wanted, Object observed, boolean met) {
    return new Check(what, wanted, Table.cell(observed), met, true);
  }

  /** A target: the run says whether it was met. */
  public static Check target(String what, String wanted, Object observed, boolean met) {
    return new Check(what, wanted, Table.cell(observed), met, false);
  }

  /** Whether the run fails because of it. */
  public boolean fails() {
    return strict && !met;
  }
}

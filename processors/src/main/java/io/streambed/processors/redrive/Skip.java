/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.redrive;

/** Why a dead letter's request cannot be published again. */
public enum Skip {
  NO_VALUE("its record had no value"),
  GONE(
      "it was too large for the topic of dead letters, and is not at its place in its own topic any"
          + " more"),
  CHANGED(
      "it was too large for the topic of dead letters, and what is at its place now is another"
          + " record"),
  RULED("the platform's own rule will redrive it"),
  OF_A_RUN(
      "a run asked it, and wanted its result in a topic of its own; ask it again with"
          + " ./streambed replay, or say with --to where it goes"),
  NO_TOPIC("the topic that it would go to does not exist"),
  TOO_LARGE("it is larger than the topic takes; raise its max.message.bytes"),
  UNREADABLE("it cannot be read, so nothing in it can be changed; redrive it without --patch"),
  NO_SUCH_FIELD("the schema in which it was written does not have what --patch changes");

  private final String meaning;

  Skip(String meaning) {
    this.meaning = meaning;
  }

  /** Why, for a person to read, about a request. */
  public String meaning() {
    return meaning;
  }
}

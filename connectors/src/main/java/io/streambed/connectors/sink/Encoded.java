/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

/** What became of a record on its way to bytes. */
sealed interface Encoded {

  /** It can go. */
  record Ready(Outgoing record) implements Encoded {}

  /** There is nothing to send, by the user's choice; it counts as done. */
  record Nothing() implements Encoded {}

  /**
   * It is larger than a record may be.
   *
   * @param why for the user: both sizes and the setting, nothing of the content
   */
  record Oversize(String why) implements Encoded {}

  /**
   * The settings do not fit it, or it cannot be written.
   *
   * @param why for the user: the setting or field, nothing of the content
   */
  record Unfit(String why) implements Encoded {}
}

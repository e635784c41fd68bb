/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import org.apache.kafka.connect.errors.DataException;

/** A record cannot be sent. The message says why and holds nothing of the record's content. */
final class UnencodableRecordException extends DataException {

  private final String why;

  UnencodableRecordException(String why) {
    super(why);
    this.why = why;
  }

  /** The message, which is always there. */
  String why() {
    return why;
  }
}

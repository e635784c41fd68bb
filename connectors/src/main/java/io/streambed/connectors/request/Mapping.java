/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.request;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;

/** What becomes of a record. */
sealed interface Mapping {

  /**
   * A request.
   *
   * @param key in place of the record's own, where one is mapped
   * @param headers to be added
   */
  record Mapped(Struct request, Optional<String> key, Map<String, String> headers)
      implements Mapping {

    public Mapped {
      headers = Map.copyOf(headers);
    }

    /** Without content: it is somebody's private text. */
    @Override
    public String toString() {
      return "Mapped[" + request.schema().name() + "]";
    }
  }

  /**
   * It cannot become one, however often it is tried.
   *
   * @param field at fault
   * @param reason what is wrong, with nothing of the content
   */
  record Refused(String field, String reason) implements Mapping {}
}

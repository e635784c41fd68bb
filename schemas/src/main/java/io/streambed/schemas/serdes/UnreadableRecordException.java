/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.serdes;

import org.apache.kafka.common.errors.SerializationException;

/** Bytes that are no record of the expected kind. The message holds none of them. */
public final class UnreadableRecordException extends SerializationException {

  private UnreadableRecordException(String message) {
    super(message);
  }

  static UnreadableRecordException notWireFormat(int length) {
    return new UnreadableRecordException(
        "the value ("
            + length
            + " bytes) is not Avro in the registry's wire format: it must begin with a zero byte"
            + " and a 4-byte schema id; write it with an Avro serializer that uses the registry");
  }

  static UnreadableRecordException notOfItsSchema(int length, int schemaId, String type) {
    return new UnreadableRecordException(
        "the value ("
            + length
            + " bytes) does not match its schema, id "
            + schemaId
            + ", or that schema cannot be read as "
            + type
            + "; write it with the schema that its id names");
  }
}

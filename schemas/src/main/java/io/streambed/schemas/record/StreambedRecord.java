/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.record;

import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * The superclass of every generated record. It makes Avro trust them all before the first is used,
 * and keeps their content out of logs: prompts and answers are private.
 */
public abstract class StreambedRecord extends SpecificRecordBase {

  private static final String PACKAGE = "io.streambed.schemas";
  private static final String STATE_PACKAGE = PACKAGE + ".state";

  static {
    // Avro makes no object of a class that nobody has vouched for, not even a default of a builder.
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(), StreambedRecord::isOurs));
  }

  private static boolean isOurs(Class<?> type) {
    String name = type.getPackageName();
    return name.equals(PACKAGE) || name.equals(STATE_PACKAGE);
  }

  /**
   * The record's kind alone. Who wants its content in JSON asks {@link
   * org.apache.avro.specific.SpecificData#toString(Object)}.
   */
  @Override
  public final String toString() {
    return getSchema().getName() + "[content not shown]";
  }
}

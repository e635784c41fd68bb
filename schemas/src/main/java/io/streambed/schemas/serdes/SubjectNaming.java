/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.serdes;

/** Under which subject of the registry a record's schema stands. */
public enum SubjectNaming {

  /** {@code <topic>-value}: a topic holds records of one kind. The default everywhere. */
  TOPIC_NAME {
    @Override
    public String subject(String topic, boolean key, String record) {
      return topic + (key ? "-key" : "-value");
    }
  },

  /** The record's full name: one rule for it on all topics. */
  RECORD_NAME {
    @Override
    public String subject(String topic, boolean key, String record) {
      return record;
    }
  },

  /** {@code <topic>-<full name>}: a topic holds records of several kinds. */
  TOPIC_RECORD_NAME {
    @Override
    public String subject(String topic, boolean key, String record) {
      return topic + "-" + record;
    }
  };

  /**
   * @param key whether the record is a key, not a value
   * @param record full name of the record's schema
   */
  public abstract String subject(String topic, boolean key, String record);
}

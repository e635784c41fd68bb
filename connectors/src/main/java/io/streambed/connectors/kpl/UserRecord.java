/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.kpl;

import java.math.BigInteger;
import java.util.Optional;

/**
 * A record as its producer put it, alone or with others in one record of Kinesis.
 *
 * @param partitionKey decides the shard, if there is no hash key
 * @param explicitHashKey decides the shard in its place: a number below 2^128
 * @param data the record; not copied
 */
public record UserRecord(String partitionKey, Optional<BigInteger> explicitHashKey, byte[] data) {

  /** No data: they are private. */
  @Override
  public String toString() {
    return "UserRecord[" + data.length + " bytes]";
  }
}

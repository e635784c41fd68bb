/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.cluster;

import io.streambed.schemas.registry.RegistryException;
import io.streambed.schemas.registry.RegistryUnavailableException;
import io.streambed.schemas.serdes.AvroEncoder;
import java.util.concurrent.CompletionException;
import org.apache.avro.Schema;

/** Finding or registering the schemas of what is to be written. */
public final class Schemas {
  private Schemas() {}

  /**
   * Waits until the id of a topic's schema is known.
   *
   * @throws UnreachableException if the registry does not answer
   * @throws RegistryException if it refuses the schema
   */
  public static void prepare(AvroEncoder encoder, String topic, Schema schema) {
    try {
      encoder.prepare(topic, schema).join();
    } catch (CompletionException e) {
      RegistryException reason = RegistryException.in(e);
      throw reason instanceof RegistryUnavailableException
          ? UnreachableException.registry(String.valueOf(reason.getMessage()))
          : reason;
    }
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

import io.streambed.cli.cluster.Cluster;
import io.streambed.cli.cluster.Schemas;
import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.serdes.AvroEncoder;
import org.apache.avro.specific.SpecificRecordBase;

/** Codes requests as they are published. Safe for use by many threads. */
public final class RequestCoder implements AutoCloseable {

  private final Cluster cluster;
  private final SchemaRegistryClient registry;
  private final AvroEncoder encoder;

  private RequestCoder(Cluster cluster) {
    this.cluster = cluster;
    this.registry = new SchemaRegistryClient(cluster.registry());
    this.encoder = new AvroEncoder(registry, cluster.naming(), cluster.autoRegister());
  }

  /**
   * Opens a coder and finds or registers the requests' schemas.
   *
   * @throws io.streambed.cli.cluster.UnreachableException if the registry does not answer
   */
  public static RequestCoder open(Cluster cluster) {
    RequestCoder coder = new RequestCoder(cluster);
    try {
      Schemas.prepare(
          coder.encoder, cluster.topics().promptRequests(), PromptRequest.getClassSchema());
      Schemas.prepare(
          coder.encoder, cluster.topics().embeddingRequests(), EmbeddingRequest.getClassSchema());
      return coder;
    } catch (RuntimeException e) {
      coder.close();
      throw e;
    }
  }

  /** A request's value. */
  public byte[] encode(SpecificRecordBase request) {
    String topic =
        request instanceof PromptRequest
            ? cluster.topics().promptRequests()
            : cluster.topics().embeddingRequests();
    return encoder.encode(topic, request);
  }

  @Override
  public void close() {
    registry.close();
  }
}

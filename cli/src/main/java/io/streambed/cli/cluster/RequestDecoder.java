/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.cluster;

import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.registry.RegistryException;
import io.streambed.schemas.registry.RegistryUnavailableException;
import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.serdes.RecordDecoder;
import io.streambed.schemas.serdes.UnreadableRecordException;
import io.streambed.schemas.serdes.WireFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/** Reads the values of requests' records. Blocks while the registry is asked for a schema. */
public final class RequestDecoder implements AutoCloseable {
  private final SchemaRegistryClient registry;
  private final RecordDecoder<PromptRequest> prompts = new RecordDecoder<>(PromptRequest.class);
  private final RecordDecoder<EmbeddingRequest> texts = new RecordDecoder<>(EmbeddingRequest.class);

  /** A decoder with a registry client of its own. */
  public RequestDecoder(Cluster cluster) {
    this.registry = new SchemaRegistryClient(cluster.registry());
  }

  /** The client, for who reads in other ways. */
  public SchemaRegistryClient registry() {
    return registry;
  }

  /**
   * The schema of an id; empty where the registry has none.
   *
   * @throws UnreachableException if the registry does not answer
   */
  public Optional<Schema> schema(int id) {
    try {
      return Optional.of(registry.schema(id).join());
    } catch (CompletionException e) {
      RegistryException reason = RegistryException.in(e);
      if (reason instanceof RegistryUnavailableException) {
        throw UnreachableException.registry(String.valueOf(reason.getMessage()));
      }
      return Optional.empty();
    }
  }

  /** A request; empty where the bytes are none. */
  public Optional<SpecificRecordBase> read(byte[] value) {
    OptionalInt id = WireFormat.schemaId(value);
    Optional<Schema> writer = id.isPresent() ? schema(id.getAsInt()) : Optional.empty();
    if (writer.isEmpty() || writer.get().getType() != Schema.Type.RECORD) {
      return Optional.empty();
    }
    try {
      return switch (writer.get().getName()) {
        case "PromptRequest" -> Optional.of(prompts.decode(value, writer.get()));
        case "EmbeddingRequest" -> Optional.of(texts.decode(value, writer.get()));
        default -> Optional.empty();
      };
    } catch (UnreadableRecordException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    registry.close();
  }
}

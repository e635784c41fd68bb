/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.avro;

import io.streambed.schemas.apicurio.ApicurioServer;
import io.streambed.schemas.registry.Compatibility;
import io.streambed.schemas.registry.RegistryConfig;
import io.streambed.schemas.registry.SchemaRegistryClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The contract on a real Apicurio server, fetched by {@code -Papicurio}. */
@EnabledIfSystemProperty(
    named = ApicurioConverterIT.HOME,
    matches = ".+",
    disabledReason = "Apicurio is fetched by -Papicurio")
class ApicurioConverterIT extends ConverterContract {

  static final String HOME = "apicurio.home";

  private static ApicurioServer server;

  @BeforeAll
  static void start() throws IOException {
    server = ApicurioServer.start(Path.of(System.getProperty(HOME)));
    try (SchemaRegistryClient client = new SchemaRegistryClient(RegistryConfig.of(server.url()))) {
      // Apicurio asks for nothing unless told; Confluent's default is this.
      get(client.setCompatibility(Compatibility.BACKWARD));
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  URI url() {
    return server.url();
  }
}

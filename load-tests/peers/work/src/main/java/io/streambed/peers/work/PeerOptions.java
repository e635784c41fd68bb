/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.peers.work;

import io.streambed.processors.bedrock.BedrockConfig;
import io.streambed.processors.model.Lane;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** A peer's command line, the same for all. */
public final class PeerOptions {

  private static final String REGION = "us-east-1";

  @Option(names = "--kafka", required = true, paramLabel = "HOST:PORT")
  private String kafka;

  @Option(names = "--registry", required = true, paramLabel = "URL")
  private URI registry;

  @Option(names = "--bedrock", required = true, paramLabel = "URL")
  private URI bedrock;

  @Option(names = "--limit", required = true, description = "Most calls open at a time.")
  private int limit;

  @Option(names = "--instance", required = true, description = "Stays the same over restarts.")
  private String instance;

  @Option(names = "--state", required = true, description = "Folder that outlives restarts.")
  private Path state;

  @Option(names = "--commit-ms", required = true, description = "Time between commits.")
  private long commitMillis;

  @Option(names = "--model", description = "Model id that every alias stands for.")
  private String model = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";

  private PeerOptions() {}

  /**
   * Reads a command line.
   *
   * @throws CommandLine.ParameterException if a flag is missing, unknown or wrong
   */
  public static PeerOptions of(String... arguments) {
    return CommandLine.populateCommand(new PeerOptions(), arguments);
  }

  /** Host and port of a broker. */
  public String kafka() {
    return kafka;
  }

  /** Base URL of the schema registry. */
  public URI registry() {
    return registry;
  }

  /** Most calls open at a time. */
  public int limit() {
    return limit;
  }

  /** Name of this instance; the same after a restart and no other instance's. */
  public String instance() {
    return instance;
  }

  /** Folder that outlives restarts. */
  public Path state() {
    return state;
  }

  /** Time between commits. */
  public Duration commitInterval() {
    return Duration.ofMillis(commitMillis);
  }

  /** The one model that is called. */
  public Lane lane() {
    return new Lane(model, REGION, limit);
  }

  /** How the model is reached: the product's own settings, at the endpoint that was given. */
  public BedrockConfig calls() {
    return BedrockConfig.inRegion(REGION).withEndpoint(bedrock);
  }

  /** After this a call has failed. */
  public Duration callTimeout() {
    return calls().callTimeout();
  }
}

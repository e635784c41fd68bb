/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;

/**
 * How to reach Amazon Bedrock. Regions are those of the lanes; each gets connections for all calls
 * that its lanes may have open.
 *
 * @param region region of AWS STS, and of lanes that name none
 * @param endpoint where to call instead of AWS; on a loopback address without profile and role the
 *     calls are signed with dummy credentials and no others are looked up
 * @param http2 many calls on one connection: fewer sockets, more CPU
 * @param connectTimeout for a TCP connection and TLS
 * @param acquireTimeout for a free connection
 * @param readTimeout longest silence on a connection. Bedrock sends nothing before an answer is
 *     whole, so this must be above the longest answer. A NAT gateway drops connections that were
 *     silent for 350 s: answers longer than that need a VPC endpoint.
 * @param callTimeout for a whole call; above {@code readTimeout}
 * @param profile profile of the shared AWS configuration files; absent means the SDK's default
 *     chain of credentials
 * @param assumedRole role to take on with those credentials
 */
public record BedrockConfig(
    String region,
    Optional<URI> endpoint,
    boolean http2,
    Duration connectTimeout,
    Duration acquireTimeout,
    Duration readTimeout,
    Duration callTimeout,
    Optional<String> profile,
    Optional<AssumedRole> assumedRole) {

  /** Default of {@code connectTimeout}. */
  public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** Default of {@code acquireTimeout}. */
  public static final Duration ACQUIRE_TIMEOUT = Duration.ofSeconds(20);

  /** Default of {@code readTimeout}: 64,000 tokens at 80 a second take 800 s. */
  public static final Duration READ_TIMEOUT = Duration.ofMinutes(15);

  /** Default of {@code callTimeout}. */
  public static final Duration CALL_TIMEOUT = Duration.ofMinutes(16);

  /**
   * @throws IllegalArgumentException if a time-out is not above zero, or {@code callTimeout} is
   *     below {@code readTimeout}
   */
  public BedrockConfig {
    positive("connectTimeout", connectTimeout);
    positive("acquireTimeout", acquireTimeout);
    positive("readTimeout", readTimeout);
    if (callTimeout.compareTo(readTimeout) < 0) {
      throw new IllegalArgumentException("callTimeout must not be below readTimeout");
    }
  }

  /** The defaults, in a region. */
  public static BedrockConfig inRegion(String region) {
    return new BedrockConfig(
        region,
        Optional.empty(),
        false,
        CONNECT_TIMEOUT,
        ACQUIRE_TIMEOUT,
        READ_TIMEOUT,
        CALL_TIMEOUT,
        Optional.empty(),
        Optional.empty());
  }

  /** The same with another endpoint. */
  public BedrockConfig withEndpoint(URI uri) {
    return new BedrockConfig(
        region,
        Optional.of(uri),
        http2,
        connectTimeout,
        acquireTimeout,
        readTimeout,
        callTimeout,
        profile,
        assumedRole);
  }

  /** Whether calls stay on this machine and need no credentials. */
  boolean usesDummyCredentials() {
    return profile.isEmpty()
        && assumedRole.isEmpty()
        && endpoint.filter(this::loopback).isPresent();
  }

  private boolean loopback(URI uri) {
    String host = uri.getHost();
    if (host == null) {
      return false;
    }
    // A name is looked up only if it is the one that always means this machine.
    boolean literal = host.startsWith("[") || host.matches("[0-9.]+");
    try {
      return host.equalsIgnoreCase("localhost")
          || (literal && InetAddress.getByName(host).isLoopbackAddress());
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static void positive(String name, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(name + " must be above zero");
    }
  }
}

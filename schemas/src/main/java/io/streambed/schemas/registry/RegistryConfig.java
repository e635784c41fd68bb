/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.registry;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the registry is and how it is asked.
 *
 * @param urls base URLs of equal registries, path included; another is tried when one fails
 * @param auth who we are
 * @param trust certificates to trust; absent means those of the JVM
 * @param connectTimeout for a connection
 * @param requestTimeout for the answer to one request
 * @param retry what happens when no URL answers
 * @param unknownIdTtl how long an unknown schema id is not asked for again
 */
public record RegistryConfig(
    List<URI> urls,
    RegistryAuth auth,
    Optional<TrustStore> trust,
    Duration connectTimeout,
    Duration requestTimeout,
    RetryConfig retry,
    Duration unknownIdTtl) {

  /** Connecting takes a round trip; 2 s is a registry that is not there. */
  public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** Registries answer in milliseconds. */
  public static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(10);

  /** Short, because a registry's follower may learn of a new id a moment later. */
  public static final Duration DEFAULT_UNKNOWN_ID_TTL = Duration.ofSeconds(30);

  public RegistryConfig {
    if (urls.isEmpty()) {
      throw new IllegalArgumentException(
          "the schema registry has no URL; give at least one, such as http://localhost:8081");
    }
    urls = urls.stream().map(RegistryConfig::checked).toList();
  }

  /** One or several URLs, everything else by default. */
  public static RegistryConfig of(URI first, URI... more) {
    List<URI> urls = new ArrayList<>(List.of(more));
    urls.addFirst(first);
    return new RegistryConfig(
        urls,
        new RegistryAuth.None(),
        Optional.empty(),
        DEFAULT_CONNECT_TIMEOUT,
        DEFAULT_REQUEST_TIMEOUT,
        RetryConfig.DEFAULT,
        DEFAULT_UNKNOWN_ID_TTL);
  }

  /** Until a question has been given up: every try and every pause at its longest. */
  Duration longestAnswer() {
    Duration round = requestTimeout.multipliedBy(urls.size());
    return round
        .multipliedBy(retry.retries() + 1L)
        .plus(retry.longestBackOff().multipliedBy(retry.retries()));
  }

  public RegistryConfig withAuth(RegistryAuth other) {
    return new RegistryConfig(
        urls, other, trust, connectTimeout, requestTimeout, retry, unknownIdTtl);
  }

  public RegistryConfig withTrust(TrustStore other) {
    return new RegistryConfig(
        urls, auth, Optional.of(other), connectTimeout, requestTimeout, retry, unknownIdTtl);
  }

  public RegistryConfig withRetry(RetryConfig other) {
    return new RegistryConfig(
        urls, auth, trust, connectTimeout, requestTimeout, other, unknownIdTtl);
  }

  public RegistryConfig withUnknownIdTtl(Duration other) {
    return new RegistryConfig(urls, auth, trust, connectTimeout, requestTimeout, retry, other);
  }

  private static URI checked(URI url) {
    if (url.getUserInfo() != null) {
      // The text is left out: it holds a password.
      throw new IllegalArgumentException(
          "the URL of the schema registry on host "
              + url.getHost()
              + " must hold no user or password; set them apart");
    }
    if (url.getHost() == null
        || !("http".equalsIgnoreCase(url.getScheme())
            || "https".equalsIgnoreCase(url.getScheme()))) {
      throw new IllegalArgumentException(
          "'" + url + "' is no URL of a schema registry; it must look like http://localhost:8081");
    }
    String text = url.toString();
    return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : url;
  }
}

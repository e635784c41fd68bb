/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Certificates that a registry's own is checked against, in place of the JVM's.
 *
 * @param file PEM certificates if its name ends in {@code .pem}, {@code .crt} or {@code .cer}; a
 *     JKS or PKCS #12 store otherwise
 * @param password of the store; not used for PEM
 */
public record TrustStore(Path file, Optional<String> password) {

  /**
   * Reads the file and makes the context of connections that trust it.
   *
   * @throws IllegalArgumentException if the file cannot be read or holds no certificate
   */
  SSLContext sslContext() {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(isPem() ? ofPem() : ofStore());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the registry's trust store " + file + " cannot be used: check its path and password", e);
    }
  }

  private boolean isPem() {
    String name = file.toString();
    return name.endsWith(".pem") || name.endsWith(".crt") || name.endsWith(".cer");
  }

  private KeyStore ofPem() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(file)) {
      int number = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("registry-" + number++, one);
      }
      if (number == 0) {
        throw new GeneralSecurityException("no certificate in the file");
      }
    }
    return store;
  }

  private KeyStore ofStore() throws IOException, GeneralSecurityException {
    return KeyStore.getInstance(file.toFile(), password.orElse("").toCharArray());
  }

  @Override
  public String toString() {
    return "TrustStore[file="
        + file
        + ", password="
        + (password.isPresent() ? "hidden" : "none")
        + "]";
  }
}

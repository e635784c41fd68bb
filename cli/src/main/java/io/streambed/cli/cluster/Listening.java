/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;

/** Whether something takes connections at an address. Kafka's own clients ask for a minute. */
final class Listening {
  private static final int LIMIT_MILLIS = 5_000;

  private Listening() {}

  /**
   * Whether one of several addresses takes connections.
   *
   * @param addresses {@code host:port}, separated by commas
   */
  static boolean any(String addresses) {
    return Arrays.stream(addresses.split(",", -1)).map(String::strip).anyMatch(Listening::at);
  }

  private static boolean at(String address) {
    int colon = address.lastIndexOf(':');
    // In brackets where it is an IPv6 address.
    String host = address.substring(0, Math.max(0, colon)).replaceAll("[\\[\\]]", "");
    try (Socket socket = new Socket()) {
      int port = Integer.parseInt(address.substring(colon + 1));
      socket.connect(new InetSocketAddress(host, port), LIMIT_MILLIS);
      return true;
    } catch (IOException | IllegalArgumentException e) {
      // Refused, unknown, too slow, or no address at all: not there in any case.
      return false;
    }
  }
}

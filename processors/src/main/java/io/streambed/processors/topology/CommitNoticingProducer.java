/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.topology;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.apache.kafka.clients.producer.Producer;

/** A producer that tells when a transaction has committed, on the thread that committed it. */
final class CommitNoticingProducer {

  private CommitNoticingProducer() {}

  @SuppressWarnings("unchecked") // the proxy implements exactly the producer's interface
  static Producer<byte[], byte[]> around(Producer<byte[], byte[]> producer, Runnable committed) {
    return (Producer<byte[], byte[]>)
        Proxy.newProxyInstance(
            Producer.class.getClassLoader(),
            new Class<?>[] {Producer.class},
            (proxy, method, arguments) -> {
              Object result;
              try {
                result = method.invoke(producer, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
              if (method.getName().equals("commitTransaction")) {
                committed.run();
              }
              return result;
            });
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.streambed.processors.config.ConfigLoader;
import java.nio.file.Path;
import java.util.Map;

/** One instance of the platform in a JVM of its own, to be killed. */
final class InstanceMain {

  private InstanceMain() {}

  public static void main(String[] arguments) throws Exception {
    Streambed instance =
        Streambed.start(
            ConfigLoader.load(Path.of(arguments[0]), Map.of()).config(), new SimpleMeterRegistry());
    Runtime.getRuntime().addShutdownHook(new Thread(instance::close));
    instance.awaitEnd();
  }
}

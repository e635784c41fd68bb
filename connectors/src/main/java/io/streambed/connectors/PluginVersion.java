/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors;

/** The version that all plugins of this module tell. */
public final class PluginVersion {

  private PluginVersion() {}

  /** As the jar's manifest has it; "unknown" where classes are not in a jar. */
  public static String get() {
    String version = PluginVersion.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }
}

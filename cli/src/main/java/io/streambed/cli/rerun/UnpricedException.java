/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

/** A run has a most cost, and comes to a request of which nobody can say what it costs. */
public final class UnpricedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String alias;

  UnpricedException(String alias) {
    super("a model of " + alias + " has no price");
    this.alias = alias;
  }

  /** Alias of the model. */
  public String alias() {
    return alias;
  }
}

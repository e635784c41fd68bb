/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.subject;

import io.streambed.loadtests.process.Launch;

/**
 * A system under test: it consumes {@code prompt-requests}, calls the model, writes {@code
 * prompt-results}, and stops in order on SIGTERM.
 */
public sealed interface Subject permits StreambedSubject, PeerSubject {

  /** Name in tables. */
  String name();

  /** Partitions that its topics are best given. */
  default int partitions() {
    return 4;
  }

  /** How one instance is started. */
  Launch launch(Endpoints endpoints, SubjectSettings settings);
}

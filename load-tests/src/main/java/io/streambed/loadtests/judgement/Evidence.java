/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.judgement;

import java.util.List;
import java.util.Set;

/**
 * All that can be known from outside of a run that has come to rest.
 *
 * @param published ids of the requests that Kafka has
 * @param settlements results and dead letters, as a reader of committed records saw them
 * @param usage usage events, likewise; empty for a subject that writes none
 * @param calls the stand-in's ledger
 */
public record Evidence(
    Set<String> published, List<Settlement> settlements, List<Usage> usage, List<Call> calls) {

  public Evidence {
    published = Set.copyOf(published);
    settlements = List.copyOf(settlements);
    usage = List.copyOf(usage);
    calls = List.copyOf(calls);
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.streambed.cli.cluster.Cluster;
import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.cluster.Published;
import io.streambed.cli.cluster.RequestPublisher;
import io.streambed.cli.cluster.SettlementReader;
import io.streambed.cli.cluster.SettlementReader.Kind;
import io.streambed.cli.cluster.Start;
import io.streambed.cli.request.BadLinesException;
import io.streambed.cli.request.Requests;
import java.io.IOException;

/** Publishes requests and, on request, waits for what becomes of them. */
final class Submission {
  private static final long STOP_MILLIS = 5_000;

  private final Cluster cluster;
  private final Console console;
  private final WaitOptions options;

  Submission(Cluster cluster, Console console, WaitOptions options) {
    this.cluster = cluster;
    this.console = console;
    this.options = options;
  }

  /** Publishes all, and gives the exit code. */
  int run(Requests requests) throws BadLinesException, IOException {
    if (requests.count() == 0) {
      throw CommandFailedException.usage("there is no request in the file");
    }
    KafkaAccess kafka = KafkaAccess.to(cluster);
    if (!options.wait) {
      publish(requests, kafka, new Publication());
      return ExitCode.OK;
    }
    // The reader's place is fixed before anything is published, so that no settlement is missed.
    try (SettlementReader reader =
            SettlementReader.open(cluster, kafka, Kind.all(), new Start.End());
        StopSignal stop = StopSignal.listen(reader::wakeup, STOP_MILLIS)) {
      Publication publication = new Publication();
      publish(requests, kafka, publication);
      return new Waiting(console, options, publication.open()).untilSettled(reader, stop);
    }
  }

  private void publish(Requests requests, KafkaAccess kafka, Publication publication)
      throws BadLinesException, IOException {
    try (RequestPublisher publisher = RequestPublisher.open(cluster, kafka)) {
      requests.forEach(
          (number, request) -> publication.track(number, request, publisher.publish(request)));
      publisher.flush();
    }
    publication.failIfIncomplete(requests.count());
    if (options.wait) {
      return;
    }
    if (options.json) {
      publication.places().map(Submission::json).forEach(console::print);
    } else {
      publication.summary().forEach(console::print);
      console.note("follow them with: ./streambed results --follow");
    }
  }

  private static String json(Published published) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", published.id())
        .put("topic", published.topic())
        .put("partition", published.partition())
        .put("offset", published.offset())
        .toString();
  }
}

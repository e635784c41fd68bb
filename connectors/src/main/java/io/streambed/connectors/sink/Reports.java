/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Records that cannot be sent, on their way to the error topic. Each is done when it is written
 * there. Of the task's thread.
 */
final class Reports {

  private record Report(Origin origin, Future<Void> written) {}

  private final Optional<ErrantRecordReporter> reporter;
  private final Acknowledged acknowledged;
  private final ArrayDeque<Report> reports = new ArrayDeque<>();
  private Optional<ConnectException> failure = Optional.empty();

  /**
   * @param reporter of the worker, if the connector's settings ask for one
   */
  Reports(Optional<ErrantRecordReporter> reporter, Acknowledged acknowledged) {
    this.reporter = reporter;
    this.acknowledged = acknowledged;
  }

  /**
   * Reports a record.
   *
   * @param why without any of the content
   * @throws ConnectException if there is nobody to report to, or no error is tolerated
   */
  void add(SinkRecord record, Origin origin, String why) {
    String text = "record " + origin + " cannot be sent to Kinesis: " + why;
    if (reporter.isEmpty()) {
      throw new ConnectException(
          text
              + "; to set such records aside, set errors.tolerance=all and errors.deadletterqueue.topic.name");
    }
    Future<Void> written = reporter.get().report(record, new UnencodableRecordException(text));
    reports.add(new Report(origin, written));
  }

  /** Looks which are written. */
  void takeAnswers() {
    reports.removeIf(this::isOver);
  }

  private boolean isOver(Report report) {
    return switch (report.written().state()) {
      case RUNNING -> false;
      case SUCCESS -> {
        acknowledged.done(report.origin());
        yield true;
      }
      case FAILED, CANCELLED -> {
        // Of a partition that went, whoever has it next reports the record again.
        if (acknowledged.isOpen(report.origin().partition())) {
          failure = Optional.of(unwritten(report.origin()));
        }
        yield true;
      }
    };
  }

  private static ConnectException unwritten(Origin origin) {
    return new ConnectException(
        "record "
            + origin
            + " could not be written to the error topic; see the worker's log for why");
  }

  boolean isEmpty() {
    return reports.isEmpty();
  }

  /** Why the task must fail, if it must. */
  Optional<ConnectException> failure() {
    return failure;
  }
}

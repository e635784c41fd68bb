/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import io.streambed.connectors.aws.AwsFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream: what goes to it next, and what its answers mean. Of the task's thread; sends nothing
 * itself.
 */
final class Sending {

  private static final Logger LOG = LoggerFactory.getLogger(Sending.class);

  /** A stream at its limit refuses something every second; a line a minute says so. */
  private static final Duration TOLD_FOR = Duration.ofMinutes(1);

  private final String stream;
  private final Batching batching;
  private final Pace pace;
  private final Acknowledged acknowledged;
  private final StreamMetrics metrics;
  private final Duration patience;
  private int underWay;
  private int parcelsUnderWay;
  private boolean told;
  private long toldAt;

  /**
   * @param patience how long a record may be refused
   */
  Sending(
      String stream,
      Batching batching,
      Pace pace,
      Acknowledged acknowledged,
      StreamMetrics metrics,
      Duration patience) {
    this.stream = stream;
    this.batching = batching;
    this.pace = pace;
    this.acknowledged = acknowledged;
    this.metrics = metrics;
    this.patience = patience;
  }

  /** Its name or ARN. */
  String stream() {
    return stream;
  }

  void add(Outgoing record) {
    batching.add(record);
  }

  /**
   * What to send now, possibly nothing. Anything else is under way until {@link #answered}.
   *
   * @param now as {@link System#nanoTime()}
   */
  List<Parcel> next(long now) {
    if (pace.permitIn(underWay, now) > 0) {
      return List.of();
    }
    List<Parcel> parcels = batching.next(now);
    if (!parcels.isEmpty()) {
      underWay++;
      count(parcels.size());
    }
    return parcels;
  }

  /** Nanoseconds until {@link #next} has something; the largest value if an answer comes before. */
  long dueIn(long now) {
    return Math.max(pace.permitIn(underWay, now), batching.dueIn(now));
  }

  /** Bytes of all that is not acknowledged. */
  long held() {
    return batching.held();
  }

  /** Forgets what waits of these. */
  void drop(Predicate<Origin> gone) {
    batching.drop(gone);
  }

  /**
   * Takes an answer.
   *
   * @return why the task must fail, if it must
   */
  Optional<ConnectException> answered(Answer answer, long now) {
    underWay--;
    count(-answer.parcels().size());
    return switch (answer.reply()) {
      case Answer.Reply.Outcomes(List<Outcome> outcomes) -> outcomes(answer, outcomes, now);
      case Answer.Reply.Failure(AwsFailure why) -> failure(answer, why, now);
    };
  }

  private Optional<ConnectException> outcomes(Answer answer, List<Outcome> outcomes, long now) {
    // After the first failure the task ends: what is not acknowledged by then is read again.
    Optional<ConnectException> failure = Optional.empty();
    int refused = 0;
    for (int i = 0; i < outcomes.size(); i++) {
      Parcel parcel = answer.parcels().get(i);
      Optional<String> why =
          switch (outcomes.get(i)) {
            case Outcome.Taken(String shard) -> {
              take(parcel, shard);
              yield Optional.empty();
            }
            case Outcome.Throttled slow -> {
              metrics.throttled(1);
              yield Optional.of("its shards take no more");
            }
            case Outcome.Failed failed -> Optional.of(failed.code());
          };
      if (why.isPresent()) {
        refused++;
        tell(why.get(), now);
        failure = failure.or(() -> again(parcel, why.get(), now));
      }
    }
    if (refused > 0) {
      pace.refused(answer.sent(), refused < outcomes.size(), now);
    } else {
      pace.taken(answer.sent());
    }
    return failure;
  }

  private Optional<ConnectException> failure(Answer answer, AwsFailure why, long now) {
    return switch (why) {
      case AwsFailure.Throttled slow -> {
        metrics.throttled(answer.parcels().size());
        yield allAgain(answer, slow.what(), now);
      }
      case AwsFailure.Unavailable down -> allAgain(answer, down.what(), now);
      case AwsFailure.Expired old -> refusal(why);
      case AwsFailure.NotFound gone -> refusal(why);
      case AwsFailure.NotPermitted no -> refusal(why);
      case AwsFailure.Refused no -> refusal(why);
    };
  }

  private Optional<ConnectException> refusal(AwsFailure why) {
    return Optional.of(why.toException("writing to stream " + stream));
  }

  private Optional<ConnectException> allAgain(Answer answer, String why, long now) {
    tell(why, now);
    pace.refused(answer.sent(), false, now);
    Optional<ConnectException> failure = Optional.empty();
    for (Parcel parcel : answer.parcels()) {
      failure = failure.or(() -> again(parcel, why, now));
    }
    return failure;
  }

  private void take(Parcel parcel, String shard) {
    parcel.origins().forEach(acknowledged::done);
    batching.settled(parcel);
    metrics.taken(shard, parcel.origins().size(), parcel.size());
  }

  private Optional<ConnectException> again(Parcel parcel, String why, long now) {
    if (parcel.origins().stream().map(Origin::partition).noneMatch(acknowledged::isOpen)) {
      // Whoever has its partitions now sends it.
      batching.settled(parcel);
      return Optional.empty();
    }
    if (now - parcel.firstSent() > patience.toNanos()) {
      return Optional.of(
          new ConnectException(
              "stream "
                  + stream
                  + " has refused a record for "
                  + patience.toMillis()
                  + " ms, last because of: "
                  + why
                  + "; give the stream more shards, let fewer write to it, or raise "
                  + SinkSettings.DELIVERY_TIMEOUT));
    }
    batching.refused(parcel);
    metrics.refused(1);
    return Optional.empty();
  }

  private void tell(String why, long now) {
    if (!told || now - toldAt >= TOLD_FOR.toNanos()) {
      told = true;
      toldAt = now;
      LOG.atWarn()
          .addKeyValue("stream", stream)
          .addKeyValue("reason", why)
          .log("the stream does not take some records now; they are sent again");
    }
  }

  private void count(int parcels) {
    parcelsUnderWay += parcels;
    metrics.underWay(parcelsUnderWay);
  }
}

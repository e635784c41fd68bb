/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.topology;

import io.streambed.processors.invocation.Calls;
import io.streambed.schemas.Priority;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * How far requests are admitted ahead of the jobs that are worked on. Without a bound a backlog
 * would be copied to the topic of jobs as fast as that goes: twice on the broker's disks, at the
 * cost of the CPU that the work needs, and gone from the consumer lag by which users scale.
 *
 * @param requests topics that are admitted
 * @param jobs topics that they are admitted to, and whether what waits there counts: not where more
 *     urgent requests may come behind it; empty where there is no hop between
 * @param urgent topic of urgent jobs
 * @param urgentUsed to be told where that topic has been used before this process began
 */
public record ReadAhead(
    Set<String> requests, Map<String, BooleanSupplier> jobs, String urgent, Runnable urgentUsed) {

  /** Jobs of a partition that may wait: some times what one poll brings. */
  private static final int MOST_WAITING = 1_000;

  public ReadAhead {
    requests = Set.copyOf(requests);
    jobs = Map.copyOf(jobs);
  }

  /**
   * That of a topology.
   *
   * @param interactiveExpected whether urgent requests may come though none has come lately
   */
  public static ReadAhead of(Steps steps, boolean interactiveExpected) {
    Calls calls = steps.invocation().calls();
    Map<Priority, String> topics = steps.jobsTopics();
    String urgent = Objects.requireNonNull(topics.get(Priority.INTERACTIVE));
    Map<String, BooleanSupplier> jobs =
        Map.of(
            urgent,
            () -> true,
            topics.get(Priority.STANDARD),
            () -> !interactiveExpected && !calls.hasUrgentWork(),
            topics.get(Priority.BACKGROUND),
            () -> false,
            steps.budgetTopic(),
            () -> true);
    return new ReadAhead(
        Set.of(
            steps.topics().promptRequests(),
            steps.topics().embeddingRequests(),
            steps.topics().replayRequests()),
        steps.fingerprintHop() ? jobs : Map.of(),
        urgent,
        calls::urgentWorkMayCome);
  }

  boolean isRequest(TopicPartition partition) {
    return requests.contains(partition.topic());
  }

  /** What one consumer has read ahead; for its thread. */
  Watch watch() {
    return new Watch();
  }

  /**
   * Goes by the partitions of jobs that the consumer reads itself: jobs are spread by their
   * fingerprints, so others have as many.
   */
  final class Watch {
    /** Partitions of urgent jobs that were looked at. */
    private final Set<TopicPartition> looked = new HashSet<>();

    private boolean anyFull;
    private long readWhileFull;

    /** A consumer hands out all that it has fetched of a partition before it turns to another. */
    private boolean jobsTurn;

    /**
     * Whether no request should be read for now.
     *
     * @param assigned what the consumer reads
     * @param full whether a partition is not read because its task has enough to do; its lag is not
     *     learned meanwhile, and so what is read of requests is counted instead
     * @param lag records between what was read of a partition and its end, where that is known
     * @param position of the next record of a partition; asked where its lag is known
     */
    boolean isEnough(
        Collection<TopicPartition> assigned,
        Predicate<TopicPartition> full,
        Function<TopicPartition, OptionalLong> lag,
        ToLongFunction<TopicPartition> position) {
      anyFull = false;
      boolean behind = false;
      boolean waiting = false;
      for (TopicPartition partition : assigned) {
        BooleanSupplier counts = jobs.get(partition.topic());
        if (counts != null) {
          boolean isFull = full.test(partition);
          OptionalLong known = lag.apply(partition);
          long behindBy = known.orElse(0);
          // An instance that starts remembers nothing of the urgent work that came before.
          if (partition.topic().equals(urgent)
              && known.isPresent()
              && looked.add(partition)
              && position.applyAsLong(partition) > 0) {
            urgentUsed.run();
          }
          anyFull |= isFull && counts.getAsBoolean();
          behind |= behindBy > MOST_WAITING && counts.getAsBoolean();
          waiting |= behindBy > 0 && !isFull;
        }
      }
      return behind || (anyFull && readWhileFull > MOST_WAITING) || (waiting && jobsTurn);
    }

    /** The consumer has read these. */
    void read(ConsumerRecords<?, ?> records) {
      long requestsRead = 0;
      for (TopicPartition partition : records.partitions()) {
        if (isRequest(partition)) {
          requestsRead += records.records(partition).size();
        }
      }
      readWhileFull = anyFull ? readWhileFull + requestsRead : 0;
      jobsTurn = requestsRead > 0;
    }
  }
}

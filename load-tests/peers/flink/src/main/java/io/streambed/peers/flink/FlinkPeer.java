/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.peers.flink;

import io.streambed.peers.work.Peer;
import io.streambed.peers.work.PeerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the job on a cluster of Flink's in this process, from where the last one stopped. */
public final class FlinkPeer {

  private static final Logger LOG = LoggerFactory.getLogger(FlinkPeer.class);

  /** Flink takes none below. */
  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(10);

  private static final long STOP_SECONDS = 30;

  private static final long LOOK_MILLIS = 20;

  private FlinkPeer() {}

  /** See {@link PeerOptions}. */
  public static void main(String... arguments) {
    try {
      run(arguments);
    } catch (Exception e) {
      // Flink's threads would keep the process alive.
      LOG.atError().setCause(e).log("the peer cannot run");
      System.exit(1);
    }
  }

  private static void run(String... arguments) throws Exception {
    PeerOptions options = PeerOptions.of(arguments);
    Configuration configuration = configuration(options);
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setCommonBindAddress("127.0.0.1")
                .withRandomPorts()
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(1)
                .build());
    cluster.start();
    JobID job = cluster.submitJob(AnswerJob.of(configuration, options, arguments)).get().getJobID();
    Peer.onStop(() -> stop(cluster, job, options.state().resolve("savepoints")));
    while (!running(cluster, job)) {
      Thread.sleep(LOOK_MILLIS);
    }
    Peer.tellReady(System.out);
    cluster.requestJobResult(job).get();
  }

  private static boolean running(MiniCluster cluster, JobID job)
      throws ExecutionException, InterruptedException {
    for (AccessExecutionVertex task :
        cluster.getExecutionGraph(job).get().getAllExecutionVertices()) {
      if (task.getExecutionState() != ExecutionState.RUNNING) {
        return false;
      }
    }
    return true;
  }

  /** Stops with a savepoint, which is how a job is stopped that will go on. */
  private static void stop(MiniCluster cluster, JobID job, Path savepoints) {
    try {
      cluster
          .stopWithSavepoint(job, savepoints.toUri().toString(), false, SavepointFormatType.NATIVE)
          .get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // The newest checkpoint is as good a place to go on from.
      LOG.atWarn().addKeyValue("reason", e.getClass().getSimpleName()).log("no savepoint");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Configuration configuration(PeerOptions options) throws IOException {
    Configuration configuration = new Configuration();
    // Source, calls and sink are one chain in one thread, which starts and takes in thousands of
    // calls a second; a second chain costs more CPU, and more transactions, for the same records.
    configuration.set(CoreOptions.DEFAULT_PARALLELISM, 1);
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    configuration.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ZERO);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
    checkpoints(configuration, options);
    return configuration;
  }

  private static void checkpoints(Configuration configuration, PeerOptions options)
      throws IOException {
    Path folder = options.state().toAbsolutePath();
    Duration interval = options.commitInterval();
    configuration.set(
        CheckpointingOptions.CHECKPOINTING_INTERVAL,
        interval.compareTo(SHORTEST_INTERVAL) < 0 ? SHORTEST_INTERVAL : interval);
    configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        folder.resolve("checkpoints").toUri().toString());
    configuration.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    Optional<Path> last = Checkpoints.newest(folder);
    if (last.isPresent()) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, last.get().toUri().toString());
      configuration.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.CLAIM);
    }
  }
}

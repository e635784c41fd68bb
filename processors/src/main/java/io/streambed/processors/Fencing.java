/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import io.streambed.processors.config.KafkaConfig;
import io.streambed.processors.topology.InstanceIdentity;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the transactions that instances have left open which are gone. Whoever takes a dead
 * instance's work over can read neither its offsets nor its state before these end, and the broker
 * ends them only when {@code transaction.timeout.ms} has passed and it looks the next time.
 *
 * <p>An instance is gone when it is no member of the group. One that lives all the same has lost
 * its work already: it is fenced, as it would be by the new owner's first commit, and joins again.
 * Best effort: what fails here is left to the broker. Works on a thread of its own.
 */
final class Fencing implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Fencing.class);

  private static final Duration GAP = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String applicationId;
  private final String instanceId;
  private final Map<String, Object> settings;
  private final BooleanSupplier rebalancing;

  /** Made on the thread, so that no start waits for it; used there, and closed after it. */
  private @Nullable Admin admin;

  private boolean warned;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("streambed-fencing").factory());

  /**
   * @param rebalancing whether work is being moved now
   */
  Fencing(KafkaConfig kafka, BooleanSupplier rebalancing) {
    this.applicationId = kafka.applicationId();
    this.instanceId = kafka.instanceId();
    this.settings = new HashMap<>(kafka.client());
    this.settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    // To fence is to be told "try again" until the transaction has ended.
    this.settings.put(AdminClientConfig.RETRY_BACKOFF_MS_CONFIG, 20);
    this.settings.put(AdminClientConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 100);
    this.rebalancing = rebalancing;
  }

  /** Connects, so that the first look need not. */
  void start() {
    thread.execute(() -> {
      try {
        open();
      } catch (RuntimeException e) {
        warn(e);
      }
    });
  }

  /** Work begins to move: looks for open transactions of the dead, until it has moved. */
  void look() {
    schedule(Duration.ZERO);
  }

  private void schedule(Duration delay) {
    try {
      thread.schedule(this::lookOnce, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      LOG.atDebug().log("closed while it was to look again");
    }
  }

  private void lookOnce() {
    if (!rebalancing.getAsBoolean()) {
      return;
    }
    try {
      fenceDead(admin == null ? open() : admin);
    } catch (ExecutionException | TimeoutException e) {
      warn(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    } catch (RuntimeException e) {
      warn(e);
    }
    schedule(GAP);
  }

  private Admin open() {
    Admin opened = Admin.create(settings);
    admin = opened;
    return opened;
  }

  private void fenceDead(Admin kafka)
      throws ExecutionException, InterruptedException, TimeoutException {
    // In this order: who has a transaction open first and is no member afterwards has left, or has
    // been taken for dead. The other way round it could have joined in between.
    Collection<TransactionListing> open =
        kafka
            .listTransactions(
                new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING)))
            .all()
            .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    List<String> ours =
        open.stream()
            .map(TransactionListing::transactionalId)
            .filter(id -> InstanceIdentity.isTransactionalId(applicationId, id))
            .toList();
    if (ours.isEmpty()) {
      return;
    }
    Set<String> dead = dead(applicationId, instanceId, ours, members(kafka));
    if (!dead.isEmpty()) {
      kafka.fenceProducers(dead).all().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      LOG.atInfo()
          .addKeyValue("transactionalIds", dead)
          .log("ended the transactions of an instance that is gone");
    }
  }

  private Set<String> members(Admin kafka)
      throws ExecutionException, InterruptedException, TimeoutException {
    return kafka
        .describeConsumerGroups(List.of(applicationId))
        .all()
        .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .values()
        .stream()
        .flatMap(group -> group.members().stream())
        .map(MemberDescription::groupInstanceId)
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  /**
   * Whose instance is gone; none where this instance is not among the members itself, because then
   * it cannot be told who is.
   *
   * @param open ids of the application's open transactions
   * @param members what the group's members are called: instance id and number of the thread
   */
  static Set<String> dead(
      String applicationId, String instanceId, Collection<String> open, Set<String> members) {
    if (members.stream().noneMatch(member -> instanceOf(member).equals(instanceId))) {
      return Collections.emptySet();
    }
    Set<String> living =
        members.stream()
            .map(member ->
                InstanceIdentity.transactionalId(
                    applicationId, instanceOf(member), threadOf(member)))
            .collect(Collectors.toSet());
    return open.stream().filter(id -> !living.contains(id)).collect(Collectors.toSet());
  }

  private static String instanceOf(String member) {
    return member.substring(0, Math.max(0, member.lastIndexOf('-')));
  }

  private static String threadOf(String member) {
    return member.substring(member.lastIndexOf('-') + 1);
  }

  private void warn(Throwable reason) {
    if (!warned) {
      warned = true;
      LOG.atWarn()
          .addKeyValue("reason", reason.toString())
          .log(
              "transactions of instances that are gone cannot be looked for; the broker ends them"
                  + " after transaction.timeout.ms");
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    try {
      thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
  }
}

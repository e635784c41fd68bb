/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.budget;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streambed.processors.job.HeldJob;
import io.streambed.processors.job.StateCodec;
import io.streambed.schemas.released.ReleasedSchemas;
import io.streambed.schemas.state.BudgetAccount;
import io.streambed.schemas.state.BudgetSpending;
import io.streambed.schemas.state.BudgetWish;
import io.streambed.schemas.state.Job;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoint of the accounts of one partition and of what waits for money. An account is read
 * and written by its key alone, however many there are. Owned by a stream thread.
 */
final class Books {

  /** Name of the store. */
  static final String NAME = "budgets";

  private static final byte[] MARKER = {1};

  private static final StateCodec<BudgetAccount> ACCOUNT =
      new StateCodec<>(BudgetAccount.class, ReleasedSchemas.of(BudgetAccount.class));
  private static final StateCodec<BudgetWish> WISH =
      new StateCodec<>(BudgetWish.class, ReleasedSchemas.of(BudgetWish.class));

  /** What a key begins with. */
  private enum Kind {
    /** Tenant to account. */
    ACCOUNT((byte) 'A'),
    /** Tenant and number to a wish that waits. */
    WISH((byte) 'W'),
    /** Tenants of which wishes wait. */
    QUEUE((byte) 'Q'),
    /** Deadline, tenant and number of wishes that wait. */
    DEADLINE((byte) 'D'),
    /** Tenant, id and number of wishes that wait, of jobs. */
    REQUEST((byte) 'R');

    private final byte mark;

    Kind(byte mark) {
      this.mark = mark;
    }
  }

  /**
   * A tenant's account and the numbers of what waits.
   *
   * @param first number of the wish that has waited longest; that of the next where none waits
   * @param next number of the next one
   */
  record Page(Account account, long first, long next) {

    Page with(Account changed) {
      return new Page(changed, first, next);
    }

    boolean isQueueEmpty() {
      return first == next;
    }
  }

  /** A wish that waits, with its number. */
  record Waiting(String tenant, long number, BudgetWish wish) {

    /** The job that waits; empty where it is a flight. */
    Optional<Job> job() {
      return jobOf(wish);
    }
  }

  private final KeyValueStore<Bytes, byte[]> store;

  @SuppressWarnings("unchecked") // the topology builds all stores with these types
  Books(StateStore store) {
    this.store = (KeyValueStore<Bytes, byte[]>) store;
  }

  /** A tenant's page at a time. */
  Page page(String tenant, Instant now) {
    byte @Nullable [] bytes = store.get(accountKey(tenant));
    if (bytes == null) {
      return new Page(Account.open(now), 0, 0);
    }
    BudgetAccount stored = ACCOUNT.decode(bytes);
    Account account =
        new Account(
            spending(stored.getDay()),
            spending(stored.getMonth()),
            stored.getReservedPicoDollars());
    return new Page(account.at(now), stored.getFirstWaiting(), stored.getNextWaiting());
  }

  private static Account.Spending spending(BudgetSpending stored) {
    return new Account.Spending(
        stored.getPeriod(),
        stored.getSpentPicoDollars(),
        stored.getToldPercent(),
        stored.getToldSpent());
  }

  void write(String tenant, Page page) {
    Account account = page.account();
    BudgetAccount stored =
        new BudgetAccount(
            spending(account.day()),
            spending(account.month()),
            account.reserved(),
            page.first(),
            page.next());
    store.put(accountKey(tenant), ACCOUNT.encode(stored));
  }

  private static BudgetSpending spending(Account.Spending spending) {
    return new BudgetSpending(
        spending.period(), spending.spent(), spending.toldPercent(), spending.toldSpent());
  }

  /** Puts a wish at the end of the queue, or before all others. */
  Page enqueue(String tenant, Page page, BudgetWish wish, boolean before) {
    if (page.isQueueEmpty()) {
      store.put(queueKey(tenant), MARKER);
    }
    long number = before ? page.first() - 1 : page.next();
    store.put(wishKey(tenant, number), WISH.encode(wish));
    wish.getDeadline()
        .ifPresent(deadline -> store.put(deadlineKey(deadline, tenant, number), MARKER));
    jobOf(wish).ifPresent(job -> store.put(requestKey(tenant, job.getId(), number), MARKER));
    return before
        ? new Page(page.account(), number, page.next())
        : new Page(page.account(), page.first(), number + 1);
  }

  /** The wish that has waited longest; empty where none waits. */
  Optional<Waiting> first(String tenant, Page page) {
    if (page.isQueueEmpty()) {
      return Optional.empty();
    }
    byte @Nullable [] wish = store.get(wishKey(tenant, page.first()));
    if (wish == null) {
      throw new IllegalStateException("the first wish of a queue is not in its store");
    }
    return Optional.of(new Waiting(tenant, page.first(), WISH.decode(wish)));
  }

  /** Takes a wish out of its queue; the page afterwards. */
  Page remove(Waiting waiting, Page page) {
    String tenant = waiting.tenant();
    store.delete(wishKey(tenant, waiting.number()));
    waiting
        .wish()
        .getDeadline()
        .ifPresent(at -> store.delete(deadlineKey(at, tenant, waiting.number())));
    waiting.job().ifPresent(job -> store.delete(requestKey(tenant, job.getId(), waiting.number())));
    if (waiting.number() != page.first()) {
      return page;
    }
    // Those between may have expired: the next that is there is the first.
    try (KeyValueIterator<Bytes, byte[]> rest =
        store.range(wishKey(tenant, page.first() + 1), wishKey(tenant, page.next()))) {
      if (rest.hasNext()) {
        return new Page(page.account(), number(rest.peekNextKey()), page.next());
      }
    }
    store.delete(queueKey(tenant));
    return new Page(page.account(), page.next(), page.next());
  }

  /** Visits the tenants of which something waits. */
  void forEachQueue(Consumer<String> visitor) {
    try (KeyValueIterator<Bytes, byte[]> queues =
        store.prefixScan(new byte[] {Kind.QUEUE.mark}, new ByteArraySerializer())) {
      while (queues.hasNext()) {
        byte[] key = queues.next().key.get();
        visitor.accept(new String(key, 1, key.length - 1, UTF_8));
      }
    }
  }

  /** Wishes that wait and whose deadline has passed, up to a limit. */
  List<Waiting> expired(Instant now, int limit) {
    List<Waiting> expired = new ArrayList<>();
    Bytes from = Bytes.wrap(new byte[] {Kind.DEADLINE.mark});
    Bytes to =
        Bytes.wrap(
            ByteBuffer.allocate(1 + Long.BYTES)
                .put(Kind.DEADLINE.mark)
                .putLong(now.toEpochMilli() + 1)
                .array());
    try (KeyValueIterator<Bytes, byte[]> passed = store.range(from, to)) {
      while (passed.hasNext() && expired.size() < limit) {
        Bytes key = passed.next().key;
        String tenant = tenantOf(key);
        byte @Nullable [] wish = store.get(wishKey(tenant, number(key)));
        if (wish != null) {
          expired.add(new Waiting(tenant, number(key), WISH.decode(wish)));
        }
      }
    }
    return expired;
  }

  /** The jobs of a request that wait. */
  List<Waiting> of(String tenant, String id) {
    List<Waiting> found = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> places =
        store.prefixScan(requestPrefix(tenant, id), new ByteArraySerializer())) {
      while (places.hasNext()) {
        long number = number(places.next().key);
        byte @Nullable [] wish = store.get(wishKey(tenant, number));
        if (wish != null) {
          found.add(new Waiting(tenant, number, WISH.decode(wish)));
        }
      }
    }
    return found;
  }

  /** The job that a wish is of; empty where it is a flight's. */
  static Optional<Job> jobOf(BudgetWish wish) {
    return wish.getJob()
        .map(job -> {
          byte[] bytes = new byte[job.remaining()];
          job.duplicate().get(bytes);
          return HeldJob.decode(bytes);
        });
  }

  private static Bytes accountKey(String tenant) {
    return tenantKey(Kind.ACCOUNT, tenant);
  }

  private static Bytes queueKey(String tenant) {
    return tenantKey(Kind.QUEUE, tenant);
  }

  private static Bytes tenantKey(Kind kind, String tenant) {
    byte[] name = tenant.getBytes(UTF_8);
    return Bytes.wrap(ByteBuffer.allocate(1 + name.length).put(kind.mark).put(name).array());
  }

  /** The name's length keeps the numbers of one tenant apart from the name of another. */
  private static Bytes wishKey(String tenant, long number) {
    byte[] name = tenant.getBytes(UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(1 + Integer.BYTES + name.length + Long.BYTES)
            .put(Kind.WISH.mark)
            .putInt(name.length)
            .put(name)
            .putLong(ordered(number))
            .array());
  }

  private static Bytes requestKey(String tenant, String id, long number) {
    byte[] prefix = requestPrefix(tenant, id);
    return Bytes.wrap(
        ByteBuffer.allocate(prefix.length + Long.BYTES)
            .put(prefix)
            .putLong(ordered(number))
            .array());
  }

  private static byte[] requestPrefix(String tenant, String id) {
    byte[] name = tenant.getBytes(UTF_8);
    byte[] request = id.getBytes(UTF_8);
    return ByteBuffer.allocate(1 + 2 * Integer.BYTES + name.length + request.length)
        .put(Kind.REQUEST.mark)
        .putInt(name.length)
        .put(name)
        .putInt(request.length)
        .put(request)
        .array();
  }

  private static Bytes deadlineKey(Instant deadline, String tenant, long number) {
    byte[] name = tenant.getBytes(UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(1 + Long.BYTES + name.length + Long.BYTES)
            .put(Kind.DEADLINE.mark)
            .putLong(Math.max(0, deadline.toEpochMilli()))
            .put(name)
            .putLong(ordered(number))
            .array());
  }

  private static String tenantOf(Bytes deadlineKey) {
    byte[] key = deadlineKey.get();
    int begin = 1 + Long.BYTES;
    return new String(key, begin, key.length - begin - Long.BYTES, UTF_8);
  }

  private static long number(Bytes key) {
    byte[] bytes = key.get();
    return ordered(ByteBuffer.wrap(bytes, bytes.length - Long.BYTES, Long.BYTES).getLong());
  }

  /** Bytes that are in the order of the numbers, negative ones first; undone by itself. */
  private static long ordered(long number) {
    return number ^ Long.MIN_VALUE;
  }
}

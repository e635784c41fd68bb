/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.budget;

import io.streambed.processors.job.Cancellations;
import io.streambed.schemas.BudgetEvent;
import io.streambed.schemas.BudgetEventKind;
import io.streambed.schemas.state.BudgetEntry;
import io.streambed.schemas.state.BudgetWish;
import io.streambed.schemas.state.Failure;
import io.streambed.schemas.state.Job;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Serves the tenants of one partition: books what it is told, and grants wishes in their order, a
 * flight's before all jobs', because those who wait for it have waited longest. A wish that others
 * leave no room for waits until they are settled; what becomes of one for which too little is left
 * is for the tenant's budget to say. Owned by a stream thread.
 */
final class Desk {

  /** Most wishes of a tenant, and most tenants, that are served before others have their turn. */
  private static final int WISHES_SLICE = 100;

  private static final int TENANTS_SLICE = 100;

  private static final int PERCENT = 100;

  private final Books books;
  private final BudgetConfig config;
  private final Cancellations cancellations;
  private final Consumer<Said> said;

  /** Tenants of which something waits. */
  private final Set<String> waiting = new LinkedHashSet<>();

  /** Those of them whose queues are to be looked at. */
  private final Set<String> unserved = new LinkedHashSet<>();

  private long day = Long.MIN_VALUE;

  Desk(Books books, BudgetConfig config, Cancellations cancellations, Consumer<Said> said) {
    this.books = books;
    this.config = config;
    this.cancellations = cancellations;
    this.said = said;
    books.forEachQueue(waiting::add);
  }

  /** Whether anything waits, so that {@link #turn} has something to do now and then. */
  boolean isWaiting() {
    return !waiting.isEmpty();
  }

  /** Whether {@link #turn} has something to do at once. */
  boolean isBusy() {
    return !unserved.isEmpty();
  }

  /** Takes an entry of a tenant. */
  void take(String tenant, BudgetEntry entry, Instant now) {
    Budget budget = config.of(tenant);
    Books.Page page = books.page(tenant, now);
    Account booked =
        Ledger.settle(page.account(), entry.getReleasedPicoDollars(), entry.getSpentPicoDollars());
    Ledger.Told told = Ledger.thresholds(booked, budget, config.thresholds());
    tell(tenant, budget, told, now);
    page = page.with(told.account());
    Optional<BudgetWish> wish = entry.getWish();
    if (wish.isPresent()) {
      page = ask(tenant, budget, page, wish.get(), now);
    }
    // Nothing else makes room, but for a new day, which turn() looks at.
    boolean room = entry.getReleasedPicoDollars() > 0;
    write(tenant, room ? serve(tenant, budget, page, now) : page);
  }

  private Books.Page ask(
      String tenant, Budget budget, Books.Page page, BudgetWish wish, Instant now) {
    boolean flight = wish.getFlight().isPresent();
    Answer answer = answer(tenant, budget, page.account(), wish, now);
    boolean inTurn = page.isQueueEmpty() || flight;
    return switch (answer) {
      case Answer.Granted(Account after) when inTurn -> {
        said.accept(new Said.Granted(tenant, wish));
        yield page.with(after);
      }
      case Answer.Granted notInTurn -> queue(tenant, page, wish, false);
      case Answer.Waits(Account after) -> queue(tenant, page.with(after), wish, flight);
      case Answer.Refused(Account after) -> page.with(after);
    };
  }

  private Books.Page queue(String tenant, Books.Page page, BudgetWish wish, boolean before) {
    if (Books.jobOf(wish).filter(this::isCancelled).isPresent()) {
      said.accept(new Said.Refused(tenant, wish, Refusals.cancelled()));
      return page;
    }
    return books.enqueue(tenant, page, wish, before);
  }

  private boolean isCancelled(Job job) {
    return cancellations.has(
        new Cancellations.Request(job.getTenant(), job.getId()), job.getRequestedAt());
  }

  /** Settles what waits and is cancelled; returns whether anything was. */
  boolean cancel(Cancellations.Order order, Instant now) {
    Cancellations.Request request = order.request();
    List<Books.Waiting> cancelled =
        books.of(request.tenant(), request.id()).stream()
            .filter(waiting ->
                waiting.job().filter(job -> order.isAbout(job.getRequestedAt())).isPresent())
            .toList();
    cancelled.forEach(waiting -> refuse(waiting, Refusals.cancelled(), now));
    return !cancelled.isEmpty();
  }

  /** Settles what waits, wherever in its queue. */
  private void refuse(Books.Waiting waiting, Failure failure, Instant now) {
    String tenant = waiting.tenant();
    said.accept(new Said.Refused(tenant, waiting.wish(), failure));
    // It may have stood before others.
    unserved.add(tenant);
    write(tenant, books.remove(waiting, books.page(tenant, now)));
  }

  /** What becomes of a wish; a refused one has been told so. */
  private sealed interface Answer {
    record Granted(Account after) implements Answer {}

    record Waits(Account after) implements Answer {}

    record Refused(Account after) implements Answer {}
  }

  private Answer answer(
      String tenant, Budget budget, Account account, BudgetWish wish, Instant now) {
    long amount = wish.getAmountPicoDollars();
    return switch (Ledger.reserve(account, budget, amount)) {
      case Ledger.Verdict.Granted(Account after) -> new Answer.Granted(after);
      case Ledger.Verdict.Later later -> new Answer.Waits(account);
      case Ledger.Verdict.TooMuch(Period period) -> {
        long limit = budget.of(period).orElseThrow();
        said.accept(new Said.Refused(tenant, wish, Refusals.tooMuch(period, limit, amount)));
        yield new Answer.Refused(account);
      }
      case Ledger.Verdict.Spent(Period period) -> {
        Ledger.Told told = Ledger.spent(account, period);
        tell(tenant, budget, told, now);
        if (budget.whenSpent() == Budget.WhenSpent.WAIT) {
          yield new Answer.Waits(told.account());
        }
        long limit = budget.of(period).orElseThrow();
        said.accept(
            new Said.Refused(
                tenant, wish, Refusals.spent(period, limit, account.of(period), amount)));
        yield new Answer.Refused(told.account());
      }
    };
  }

  /** Serves what waits, in its order, as far as there is room and up to a slice. */
  private Books.Page serve(String tenant, Budget budget, Books.Page before, Instant now) {
    Books.Page page = before;
    for (int i = 0; i < WISHES_SLICE; i++) {
      Optional<Books.Waiting> first = books.first(tenant, page);
      if (first.isEmpty()) {
        return page;
      }
      BudgetWish wish = first.get().wish();
      if (isExpired(wish, now)) {
        said.accept(new Said.Refused(tenant, wish, Refusals.expired()));
        page = books.remove(first.get(), page);
        continue;
      }
      switch (answer(tenant, budget, page.account(), wish, now)) {
        case Answer.Granted(Account after) -> {
          said.accept(new Said.Granted(tenant, wish));
          page = books.remove(first.get(), page.with(after));
        }
        case Answer.Refused(Account after) -> page = books.remove(first.get(), page.with(after));
        case Answer.Waits(Account after) -> {
          return page.with(after);
        }
      }
    }
    unserved.add(tenant);
    return page;
  }

  private static boolean isExpired(BudgetWish wish, Instant now) {
    return wish.getDeadline().map(deadline -> !now.isBefore(deadline)).orElse(false);
  }

  /**
   * Looks at what waits: all of it when a day begins and after a start, and what has expired. To be
   * called now and then while anything waits; returns whether anything was written.
   */
  boolean turn(Instant now) {
    long today = Period.DAY.numberAt(now);
    if (today != day) {
      day = today;
      unserved.addAll(waiting);
    }
    boolean any = expire(now);
    for (String tenant : slice()) {
      Books.Page page = books.page(tenant, now);
      Books.Page after = serve(tenant, config.of(tenant), page, now);
      if (!after.equals(page)) {
        write(tenant, after);
        any = true;
      }
    }
    return any;
  }

  private List<String> slice() {
    List<String> slice = unserved.stream().limit(TENANTS_SLICE).toList();
    slice.forEach(unserved::remove);
    return slice;
  }

  private boolean expire(Instant now) {
    List<Books.Waiting> expired = books.expired(now, WISHES_SLICE);
    expired.forEach(late -> refuse(late, Refusals.expired(), now));
    return !expired.isEmpty();
  }

  private void write(String tenant, Books.Page page) {
    books.write(tenant, page);
    if (page.isQueueEmpty()) {
      waiting.remove(tenant);
      unserved.remove(tenant);
    } else {
      waiting.add(tenant);
    }
  }

  private void tell(String tenant, Budget budget, Ledger.Told told, Instant now) {
    for (Ledger.Notice notice : told.notices()) {
      Account.Spending spending = told.account().of(notice.period());
      said.accept(
          new Said.Told(
              new BudgetEvent(
                  tenant,
                  notice.period().shown(),
                  notice.period().begin(spending.period()),
                  notice.period().begin(spending.period() + 1),
                  notice.percent() == 0 ? BudgetEventKind.SPENT : BudgetEventKind.THRESHOLD,
                  notice.percent() == 0 ? PERCENT : notice.percent(),
                  budget.of(notice.period()).orElseThrow(),
                  spending.spent(),
                  told.account().reserved(),
                  now)));
    }
  }
}

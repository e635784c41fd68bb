/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

import io.streambed.cli.replay.Skip;
import io.streambed.cli.replay.Standing;
import io.streambed.cli.replay.Verdict;
import io.streambed.schemas.ReplayCounts;
import io.streambed.schemas.ReplayPlace;
import io.streambed.schemas.ReplayProgress;
import io.streambed.schemas.ReplayState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where a run stands, item by item. Not for use by several threads. */
final class Tally {

  private final Map<Integer, Long> next;
  private final ReplayCounts counts;

  Tally(Standing standing) {
    this.next = new TreeMap<>(standing.next());
    this.counts = ReplayCounts.newBuilder(standing.counts()).build();
  }

  /** Counts an item that is dealt with. */
  void add(Slice.Judged judged) {
    Item item = judged.item();
    long before = next.getOrDefault(item.partition(), item.next());
    long gone = Math.max(0, item.next() - before - (item instanceof Item.Gap ? 0 : 1));
    if (item instanceof Item.Gap gap && gap.deleted()) {
      counts.put("deleted", counts.getDeleted() + gone);
    } else {
      counts.put("missing", counts.getMissing() + gone);
    }
    next.put(item.partition(), Math.max(before, item.next()));
    judged
        .verdict()
        .ifPresent(verdict -> {
          one("read", counts.getRead());
          switch (verdict) {
            case Verdict.Known known -> one("copied", counts.getCopied());
            case Verdict.Asked asked -> one("submitted", counts.getSubmitted());
            case Verdict.Skipped(Skip why, String reason) -> {
              switch (why) {
                case TOMBSTONE -> one("tombstones", counts.getTombstones());
                case UNREADABLE -> one("unreadable", counts.getUnreadable());
                case REFUSED -> one("refused", counts.getRefused());
                case FILTERED -> one("filtered", counts.getFiltered());
                case UNAFFECTED -> one("unaffected", counts.getUnaffected());
              }
            }
          }
        });
  }

  private void one(String field, long before) {
    counts.put(field, before + 1);
  }

  /** What became of the items so far. */
  ReplayCounts counts() {
    return ReplayCounts.newBuilder(counts).build();
  }

  /** As it is written. */
  ReplayProgress progress(ReplayState state, Open open, String writer, Instant now) {
    List<ReplayPlace> places =
        next.entrySet().stream().map(it -> new ReplayPlace(it.getKey(), it.getValue())).toList();
    return ReplayProgress.newBuilder()
        .setNext(places)
        .setCounts(counts())
        .setState(state)
        .setSubmittedByModel(open.submitted())
        .setBoundPicoDollars(open.bound())
        .setWriter(writer)
        .setWrittenAt(now)
        .build();
  }
}

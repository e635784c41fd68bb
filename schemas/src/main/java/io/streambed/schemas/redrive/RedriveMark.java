/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streambed.schemas.RecordHeader;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a redriven request's headers say. Results and dead letters of such a request carry the same
 * headers, so that a count is never lost on the way.
 *
 * @param redrives how often the request has been redriven, this time included; 1 or more
 * @param originalId id of the request as it was first published
 * @param run name of the run that redrove it
 * @param of {@code topic-partition-offset} of the record that it was published again from
 */
public record RedriveMark(int redrives, String originalId, String run, String of) {

  /** What headers of Streambed's own begin with; nobody else may write such. */
  public static final String RESERVED = "streambed-";

  /** How often the request has been redriven, in decimal digits. */
  public static final String REDRIVES = RESERVED + "redrives";

  /** Id of the request as it was first published. */
  public static final String ORIGINAL_ID = RESERVED + "original-id";

  /** Name of the run. */
  public static final String RUN = RESERVED + "redrive-run";

  /** Place of the record that was published again. */
  public static final String OF = RESERVED + "redrive-of";

  private static final Set<String> NAMES = Set.of(REDRIVES, ORIGINAL_ID, RUN, OF);
  private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,5}");

  /** An id is at most 256 characters, a place hardly more. */
  private static final int MOST_ID = 300;

  public RedriveMark {
    if (redrives < 1) {
      throw new IllegalArgumentException("redrives: must be 1 or more, is " + redrives);
    }
  }

  /**
   * The mark among a record's headers; empty where the request was never redriven, or where what
   * they say is no count and no id, which only somebody else can have written.
   */
  public static Optional<RedriveMark> in(List<RecordHeader> headers) {
    Optional<String> count = text(headers, REDRIVES).filter(it -> COUNT.matcher(it).matches());
    Optional<String> id =
        text(headers, ORIGINAL_ID).filter(it -> !it.isBlank() && it.length() <= MOST_ID);
    return count.isEmpty() || id.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RedriveMark(
                Integer.parseInt(count.get()),
                id.get(),
                text(headers, RUN).orElse(""),
                text(headers, OF).orElse("")));
  }

  /** How often a request has been redriven, by its headers; 0 for never. */
  public static int redrives(List<RecordHeader> headers) {
    return in(headers).map(RedriveMark::redrives).orElse(0);
  }

  /** Whether a header is part of a mark. */
  public static boolean isPart(String name) {
    return NAMES.contains(name);
  }

  /** Whether a header's name is reserved for Streambed. */
  public static boolean isReserved(String name) {
    return name.toLowerCase(Locale.ROOT).startsWith(RESERVED);
  }

  /** The mark as headers. */
  public List<RecordHeader> headers() {
    return List.of(
        header(REDRIVES, Integer.toString(redrives)),
        header(ORIGINAL_ID, originalId),
        header(RUN, run),
        header(OF, of));
  }

  private static RecordHeader header(String name, String value) {
    return new RecordHeader(name, ByteBuffer.wrap(value.getBytes(UTF_8)));
  }

  /** The last header of a name counts, as in Kafka. */
  private static Optional<String> text(List<RecordHeader> headers, String name) {
    return headers.reversed().stream()
        .filter(header -> header.getKey().equals(name))
        .findFirst()
        .flatMap(RecordHeader::getValue)
        .map(value -> UTF_8.decode(value.duplicate()).toString());
  }
}

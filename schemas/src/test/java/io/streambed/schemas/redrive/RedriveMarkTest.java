/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streambed.schemas.RecordHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedriveMarkTest {
  private static final RedriveMark MARK =
      new RedriveMark(2, "order-4711", "outage", "prompt-requests-3-1042");

  @Test
  void whatIsWrittenIsRead() {
    assertThat(RedriveMark.in(MARK.headers())).contains(MARK);
    assertThat(RedriveMark.redrives(MARK.headers())).isEqualTo(2);
    assertThat(MARK.headers())
        .allSatisfy(header -> assertThat(RedriveMark.isPart(header.getKey())).isTrue())
        .allSatisfy(header -> assertThat(RedriveMark.isReserved(header.getKey())).isTrue());
  }

  @Test
  void aRequestWithoutMarkWasNeverRedriven() {
    List<RecordHeader> headers = List.of(header("traceparent", "00-1"), header("Streambed-X", "1"));
    assertThat(RedriveMark.in(headers)).isEmpty();
    assertThat(RedriveMark.redrives(headers)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "one", "1e3", "99999999999"})
  void whatIsNoCountIsNoMark(String count) {
    List<RecordHeader> headers = new ArrayList<>(MARK.headers());
    headers.add(header(RedriveMark.REDRIVES, count));
    assertThat(RedriveMark.in(headers)).isEmpty();
  }

  @Test
  void anIdThatIsTooLongOrNoneIsNoMark() {
    for (String id : List.of(" ", "x".repeat(301))) {
      List<RecordHeader> headers = new ArrayList<>(MARK.headers());
      headers.add(header(RedriveMark.ORIGINAL_ID, id));
      assertThat(RedriveMark.in(headers)).isEmpty();
    }
  }

  @Test
  void aMarkCountsFromOne() {
    assertThatThrownBy(() -> new RedriveMark(0, "a", "b", "c")).hasMessageContaining("redrives");
  }

  private static RecordHeader header(String name, String value) {
    return new RecordHeader(name, ByteBuffer.wrap(value.getBytes(UTF_8)));
  }
}

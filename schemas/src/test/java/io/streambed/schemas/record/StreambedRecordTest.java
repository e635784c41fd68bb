/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.schemas.Message;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.serdes.Samples;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;

class StreambedRecordTest {

  @Test
  void theTextOfARecordShowsNoneOfItsContent() {
    PromptRequest prompt = Samples.prompt();
    Message message = prompt.getMessages().getFirst();

    assertThat(prompt.toString()).isEqualTo("PromptRequest[content not shown]");
    assertThat(prompt.getMessages().toString()).doesNotContain(Samples.SECRET);
    assertThat(message.getContent().getFirst().toString()).doesNotContain(Samples.SECRET);
  }

  @Test
  void whoAsksAvroForTheContentGetsIt() {
    assertThat(SpecificData.get().toString(Samples.prompt())).contains(Samples.SECRET);
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.serdes;

import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.Message;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.Role;
import java.util.List;

/** Records to code and read. */
public final class Samples {

  /** What must show up in no message. */
  public static final String SECRET = "the secret of the garden";

  private Samples() {}

  /** A small prompt. */
  public static PromptRequest prompt() {
    return PromptRequest.newBuilder()
        .setId("r-1")
        .setModel("fast")
        .setMessages(
            List.of(
                Message.newBuilder()
                    .setRole(Role.USER)
                    .setContent(List.of(ContentBlock.newBuilder().setText(SECRET).build()))
                    .build()))
        .build();
  }
}

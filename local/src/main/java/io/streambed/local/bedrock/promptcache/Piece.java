/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.promptcache;

import java.time.Duration;
import java.util.Optional;

/**
 * A piece of a prompt, in the order in which the model reads them: tools, system, messages.
 *
 * @param digest stands for the prompt from its beginning to the end of this piece
 * @param tokens how many tokens that is
 * @param keptFor how long it is to be kept, if a cache point follows the piece
 */
public record Piece(String digest, long tokens, Optional<Duration> keptFor) {}

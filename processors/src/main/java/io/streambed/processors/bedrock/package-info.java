/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The adapter to Amazon Bedrock, and the only user of the AWS SDK: prompts go to Converse, texts to
 * InvokeModel in the form of each family of embedding models. Mapping is pure; {@link
 * io.streambed.processors.bedrock.BedrockModelClient} alone does I/O.
 */
@NullMarked
package io.streambed.processors.bedrock;

import org.jspecify.annotations.NullMarked;

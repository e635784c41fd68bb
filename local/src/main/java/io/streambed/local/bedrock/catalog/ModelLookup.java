/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.catalog;

/** What a model id or ARN in a request means. */
public sealed interface ModelLookup {

  /** A model that can be asked so. */
  record Found(ModelSpec model) implements ModelLookup {}

  /** There is such a model, but it is reached only through an inference profile. */
  record NeedsProfile(String modelId) implements ModelLookup {}

  /** There is no such model. */
  record Unknown() implements ModelLookup {}
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.catalog;

/** How a model is asked. */
public enum ModelKind {
  /** By Converse and ConverseStream. */
  CHAT,
  /** By InvokeModel, one text a call, 1536 dimensions. */
  TITAN_TEXT_V1,
  /** By InvokeModel, one text a call, dimensions to choose. */
  TITAN_TEXT_V2,
  /** By InvokeModel, a text or an image or both. */
  TITAN_IMAGE,
  /** By InvokeModel, up to 96 texts a call, 1024 dimensions. */
  COHERE_V3,
  /** By InvokeModel, up to 96 texts a call, dimensions to choose. */
  COHERE_V4,
  /** By InvokeModel, one item a call. */
  NOVA_2
}

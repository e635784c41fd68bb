/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.registry;

import org.apache.avro.Schema;

/**
 * A schema as one version of a subject.
 *
 * @param version 1 for a subject's first
 * @param id the registry's id, which records carry
 */
public record RegisteredSchema(String subject, int version, int id, Schema schema) {}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.subject;

/**
 * Where the services of a bench are.
 *
 * @param kafka host and port of the broker
 * @param registry URL of the schema registry
 * @param bedrock URL of the stand-in
 */
public record Endpoints(String kafka, String registry, String bedrock) {}

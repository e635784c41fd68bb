/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import io.streambed.schemas.serdes.SubjectNaming;

/**
 * How the schemas of what is written stand in the registry.
 *
 * @param naming under which subject
 * @param autoRegister whether missing ones are registered; otherwise they must be there
 */
public record SubjectsConfig(SubjectNaming naming, boolean autoRegister) {}

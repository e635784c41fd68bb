/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What runs in those JVMs beside the systems under test: broker, stand-in, load, the bare AWS
 * client.
 */
@NullMarked
package io.streambed.loadtests.service;

import org.jspecify.annotations.NullMarked;

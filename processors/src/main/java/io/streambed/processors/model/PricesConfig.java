/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which prices count.
 *
 * @param file a table in the form of {@code prices.json}
 * @param builtIn whether the table that comes with the platform counts for models that the file
 *     does not hold; true where there is no file
 */
public record PricesConfig(Optional<Path> file, boolean builtIn) {}

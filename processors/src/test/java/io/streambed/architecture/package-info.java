/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What may depend on what, held by tests. Each rule is applied to the whole project and to one
 * fixture that breaks it, so that a rule that cannot fail is noticed.
 */
@NullMarked
package io.streambed.architecture;

import org.jspecify.annotations.NullMarked;

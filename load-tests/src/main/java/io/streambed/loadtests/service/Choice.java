/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.service;

import java.util.Arrays;
import java.util.Random;

/** Which prompt each request has. The same for the same batch. */
final class Choice {
  private final Batch batch;
  private final double[] upTo;

  Choice(Batch batch) {
    this.batch = batch;
    this.upTo = new double[batch.content().zipf() > 0 ? batch.content().prompts() : 0];
    double sum = 0;
    for (int rank = 1; rank <= upTo.length; rank++) {
      sum += 1 / Math.pow(rank, batch.content().zipf());
      upTo[rank - 1] = sum;
    }
  }

  /** The number of the prompt of a request. */
  int prompt(int request) {
    if (batch.content().prompts() == 0) {
      return request;
    }
    if (upTo.length == 0) {
      return 1 + (request - 1) % batch.content().prompts();
    }
    double point = new Random(request * 31L).nextDouble() * upTo[upTo.length - 1];
    int found = Arrays.binarySearch(upTo, point);
    return 1 + Math.min(upTo.length - 1, found >= 0 ? found : -found - 1);
  }
}

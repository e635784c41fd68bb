/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import io.streambed.schemas.CachePointBlock;
import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.Message;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.SystemBlock;
import io.streambed.schemas.ToolConfiguration;
import java.util.Optional;
import java.util.Set;

/** Rules for cache points: "Prompt caching for faster model inference" of the user guide. */
final class CachePointRules {

  private static final Set<String> TTLS = Set.of("5m", "1h");
  private static final int MOST = 4;

  private final Findings findings;
  private int points;
  private boolean hour = true;

  private CachePointRules(Findings findings) {
    this.findings = findings;
  }

  static void check(PromptRequest prompt, Findings findings) {
    CachePointRules rules = new CachePointRules(findings);
    // In the order in which the model reads them.
    rules.point(prompt.getTools().flatMap(ToolConfiguration::getCachePoint), "tools.cachePoint");
    for (int i = 0; i < prompt.getSystem().size(); i++) {
      SystemBlock block = prompt.getSystem().get(i);
      rules.point(block.getCachePoint(), "system[" + i + "].cachePoint");
    }
    for (int m = 0; m < prompt.getMessages().size(); m++) {
      Message message = prompt.getMessages().get(m);
      for (int c = 0; c < message.getContent().size(); c++) {
        ContentBlock block = message.getContent().get(c);
        rules.point(block.getCachePoint(), "messages[" + m + "].content[" + c + "].cachePoint");
      }
    }
  }

  private void point(Optional<CachePointBlock> point, String path) {
    if (point.isEmpty()) {
      return;
    }
    Optional<String> ttl = point.get().getTtl();
    findings.require(
        ttl.filter(it -> !TTLS.contains(it)).isEmpty(),
        path + ".ttl",
        "must be 5m or 1h, or left out");
    findings.require(++points <= MOST, path, "is one too many; set at most " + MOST);
    boolean forAnHour = ttl.filter("1h"::equals).isPresent();
    findings.require(
        hour || !forAnHour, path + ".ttl", "is 1h behind a point of 5m; put the longer ones first");
    hour = forAnHour;
  }
}

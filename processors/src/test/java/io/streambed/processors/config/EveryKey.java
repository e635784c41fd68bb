/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import java.nio.file.Path;
import java.util.Map;

/** Settings in which every key is set. */
final class EveryKey {

  private EveryKey() {}

  /** Every key, none with its default. */
  static Map<String, String> with(Path trust, Path prices) {
    return Map.ofEntries(
        Map.entry("kafka.bootstrap.servers", "b:1,c:2"),
        Map.entry("kafka.client.security.protocol", "SSL"),
        Map.entry("application.id", "app"),
        Map.entry("instance.id", "inst"),
        Map.entry("state.dir", "/s"),
        Map.entry("stream.threads", "2"),
        Map.entry("standby.replicas", "3"),
        Map.entry("jobs.partitions", "5"),
        Map.entry("poll.ms", "6"),
        Map.entry("commit.interval.ms", "700"),
        Map.entry("transaction.timeout.ms", "8000"),
        Map.entry("session.timeout.ms", "9000"),
        Map.entry("registry.urls", "http://r1:1,https://r2/x"),
        Map.entry("registry.basic.user", "u"),
        Map.entry("registry.basic.password", "p"),
        Map.entry("registry.truststore.path", trust.toString()),
        Map.entry("registry.truststore.password", "tp"),
        Map.entry("registry.connect.timeout.ms", "11"),
        Map.entry("registry.request.timeout.ms", "12"),
        Map.entry("registry.retries", "13"),
        Map.entry("registry.retry.backoff.ms", "14"),
        Map.entry("registry.retry.backoff.max.ms", "15"),
        Map.entry("registry.unknown.id.ttl.ms", "16"),
        Map.entry("registry.auto.register", "false"),
        Map.entry("registry.subject.naming", "record-name"),
        Map.entry("topics.prompt.requests", "t1"),
        Map.entry("topics.embedding.requests", "t2"),
        Map.entry("topics.prompt.results", "t3"),
        Map.entry("topics.embedding.results", "t4"),
        Map.entry("topics.dead.letters", "t5"),
        Map.entry("topics.usage.events", "t6"),
        Map.entry("topics.jobs.held", "t7"),
        Map.entry("fingerprint.hop", "false"),
        Map.entry("embedding.buckets", "17"),
        Map.entry("request.max.bytes", "1800"),
        Map.entry("answers.ttl.ms", "19"),
        Map.entry("answers.max.bytes", "2000000"),
        Map.entry("settled.window.ms", "210000"),
        Map.entry("expiry.slice", "22"),
        Map.entry("invocation.eager", "true"),
        Map.entry("invocation.look.ahead", "23"),
        Map.entry("invocation.max.jobs", "24"),
        Map.entry("invocation.max.bytes", "2500000"),
        Map.entry("retry.max.attempts", "26"),
        Map.entry("retry.max.time.ms", "27"),
        Map.entry("retry.backoff.ms", "28"),
        Map.entry("retry.backoff.max.ms", "29"),
        Map.entry("crash.loop.limit", "30"),
        Map.entry("breaker.window", "31"),
        Map.entry("breaker.failure.rate.percent", "32.5"),
        Map.entry("breaker.open.ms", "33"),
        Map.entry("batch.max.wait.ms", "34"),
        Map.entry("batch.max.bytes", "3500"),
        Map.entry("held.read.interval.ms", "360"),
        Map.entry("held.read.max", "37"),
        Map.entry("stopped.lane.retry.ms", "380"),
        Map.entry("commit.gap.ms", "39"),
        Map.entry("drain.timeout.ms", "40"),
        Map.entry("bedrock.region", "us-west-2"),
        Map.entry("bedrock.endpoint", "http://b:3"),
        Map.entry("bedrock.http2", "true"),
        Map.entry("bedrock.connect.timeout.ms", "41"),
        Map.entry("bedrock.acquire.timeout.ms", "42"),
        Map.entry("bedrock.read.timeout.ms", "43"),
        Map.entry("bedrock.call.timeout.ms", "44"),
        Map.entry("bedrock.profile", "prof"),
        Map.entry("bedrock.role.arn", "arn:r"),
        Map.entry("bedrock.role.session.name", "sess"),
        Map.entry("bedrock.role.external.id", "ext"),
        Map.entry("models.m.1.id", "cohere.embed-v4:0"),
        Map.entry("models.m.1.region", "eu-north-1"),
        Map.entry("models.m.1.concurrency", "45"),
        Map.entry("models.m.1.answer.version", "46"),
        Map.entry("models.m.1.max.tokens", "47"),
        Map.entry("models.m.1.reuse.stand.ins", "true"),
        Map.entry("models.n.lanes", "l:49"),
        Map.entry("lanes.l.id", "us.a.sonnet"),
        Map.entry("lanes.l.region", "ap-south-1"),
        Map.entry("lanes.l.tier", "priority"),
        Map.entry("lanes.l.concurrency", "50"),
        Map.entry("lanes.l.requests.per.minute", "53"),
        Map.entry("lanes.l.tokens.per.minute", "54"),
        Map.entry("lanes.l.tokens.per.day", "55"),
        Map.entry("lanes.l.burndown", "56"),
        Map.entry("lanes.l.tenants", "t"),
        Map.entry("lanes.l.priorities", "interactive"),
        Map.entry("lanes.l.features", "images"),
        Map.entry("lanes.l.max.input.bytes", "51"),
        Map.entry("lanes.l.min.time.left.ms", "52"),
        Map.entry("ops.enabled", "false"),
        Map.entry("ops.host", "0.0.0.0"),
        Map.entry("ops.port", "48"),
        Map.entry("prices.file", prices.toString()));
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.streambed.cli.request.BadFieldException;
import io.streambed.cli.request.BadLinesException;
import io.streambed.cli.request.RequestFile;
import io.streambed.cli.request.RequestParser;
import io.streambed.cli.request.Requests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes prompts, or prompts and texts from a file. */
@Command(
    name = "submit",
    header = "Publish a prompt, or the requests of a file; with --wait, print the answers.",
    description = {
      "A file holds a JSON object a line. A line with `prompt` or `messages` asks a model, one with "
          + "`text` is embedded. The fields are those of the topics' Avro schemas, written plainly:",
      "",
      "  {\"prompt\": \"Why do rivers meander?\"}",
      "  {\"id\": \"q-7\", \"tenant\": \"acme\", \"model\": \"claude-haiku\",",
      "   \"system\": \"Be brief.\", \"prompt\": \"Name three deltas.\",",
      "   \"inference\": {\"maxTokens\": 200}, \"deadline\": \"5m\"}",
      "  {\"model\": \"nova-lite\", \"messages\": [{\"role\": \"user\", \"content\":",
      "    [\"What is this?\", {\"image\": {\"format\": \"png\", \"bytes\": \"(Base64)\"}}]}]}",
      "  {\"model\": \"cohere-embed\", \"text\": \"A river is a stream.\", \"purpose\": \"QUERY\"}",
      "",
      "`prompt` is short for one message of the user; a text stands for a list of one text block; enums "
          + "may be in lower case; times are as for --deadline; JSON schemas and tools' inputs are "
          + "objects. `key` and `headers` set the Kafka record's own. Options fill in what a line "
          + "does not say. Empty lines and lines that begin with # are skipped. If a line is bad, "
          + "its number, field and fix are told and nothing of the file is published.",
      "",
      "Waiting reads with isolation.level=read_committed, from before the first request was published."
    },
    exitCodeList = {
      ExitCode.OK_TEXT,
      ExitCode.FAILED_TEXT,
      ExitCode.USAGE_TEXT,
      ExitCode.UNREACHABLE_TEXT,
      ExitCode.TIMED_OUT_TEXT,
      ExitCode.INTERRUPTED_TEXT
    },
    footer = {
      "",
      "Examples:",
      "  ./streambed submit --prompt \"Why do rivers meander?\" --wait",
      "  ./streambed submit --prompt - --wait < question.txt",
      "  ./streambed submit questions.jsonl --tenant acme --wait --json"
    })
final class SubmitCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE.jsonl",
      description = "Requests, a JSON object a line.")
  private @Nullable Path file;

  @Option(
      names = {"-p", "--prompt"},
      paramLabel = "TEXT",
      description = "One prompt; `-` reads it from the standard input.")
  private @Nullable String prompt;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description =
          "Id of the prompt, unique for the tenant: published again, it is not paid for again.")
  private @Nullable String id;

  @Option(names = "--system", paramLabel = "TEXT", description = "System prompt.")
  private @Nullable String system;

  @Option(names = "--max-tokens", paramLabel = "N", description = "Most tokens in an answer.")
  private @Nullable Integer maxTokens;

  @Mixin private RequestOptions request;
  @Mixin private WaitOptions wait;
  @Mixin private ClusterOptions at;

  @Override
  public Integer call() throws BadFieldException, BadLinesException, IOException {
    if ((file == null) == (prompt == null)) {
      throw CommandFailedException.usage("give either FILE.jsonl or --prompt TEXT");
    }
    if (file != null && id != null) {
      throw CommandFailedException.usage(
          "--id goes with --prompt; in a file, each line has its own");
    }
    return new Submission(at.cluster(), Console.of(spec), wait).run(requests());
  }

  private Requests requests() throws BadFieldException, BadLinesException, IOException {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    if (system != null) {
      fields.put("system", TextNode.valueOf(system));
    }
    if (maxTokens != null) {
      ObjectNode inference = JsonNodeFactory.instance.objectNode();
      fields.put("inference", inference.put("maxTokens", maxTokens.intValue()));
    }
    RequestParser parser = new RequestParser(Instant.now(), request.defaults(fields));
    return file != null ? RequestFile.check(file, parser) : one(parser);
  }

  private Requests one(RequestParser parser) throws BadFieldException, IOException {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put(
        "prompt",
        "-".equals(prompt) ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8) : prompt);
    if (id != null) {
      line.put("id", id);
    }
    return Requests.of(List.of(parser.request(line)));
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.streambed.cli.request.BadFieldException;
import io.streambed.cli.request.BadLinesException;
import io.streambed.cli.request.Request;
import io.streambed.cli.request.RequestParser;
import io.streambed.cli.request.Requests;
import io.streambed.schemas.EmbeddingPurpose;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
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

/** Publishes texts to embed. */
@Command(
    name = "embed",
    header = "Publish texts to embed; with --wait, print their vectors.",
    description = {
      "Each text is one request: Streambed makes the batches, for models that take them. Without --json "
          + "a vector is told by its number of dimensions; --json prints it."
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
      "  ./streambed embed \"A river is a stream.\" \"A stream is a flow.\" --wait",
      "  ./streambed embed --file sentences.txt --model cohere-embed --purpose document --wait --json"
    })
final class EmbedCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "TEXT", description = "Texts, each in quotes.")
  private List<String> texts = new ArrayList<>();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "More texts, one a line; empty lines are skipped.")
  private @Nullable Path file;

  @Option(
      names = "--purpose",
      paramLabel = "WORD",
      description = "What the vectors are for: DOCUMENT, QUERY, CLASSIFICATION or CLUSTERING.")
  private @Nullable EmbeddingPurpose purpose;

  @Option(names = "--dimensions", paramLabel = "N", description = "Length of the vectors.")
  private @Nullable Integer dimensions;

  @Mixin private RequestOptions request;
  @Mixin private WaitOptions wait;
  @Mixin private ClusterOptions at;

  @Override
  public Integer call() throws BadFieldException, BadLinesException, IOException {
    List<String> all = new ArrayList<>(texts);
    if (file != null) {
      all.addAll(lines(file));
    }
    if (all.isEmpty()) {
      throw CommandFailedException.usage("give a TEXT or --file FILE with a text in it");
    }
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    if (purpose != null) {
      fields.put("purpose", TextNode.valueOf(purpose.name()));
    }
    if (dimensions != null) {
      fields.put("dimensions", IntNode.valueOf(dimensions));
    }
    RequestParser parser = new RequestParser(Instant.now(), request.defaults(fields));
    List<Request> requests = new ArrayList<>(all.size());
    for (String text : all) {
      ObjectNode line = JsonNodeFactory.instance.objectNode().put("text", text);
      requests.add(parser.request(line));
    }
    return new Submission(at.cluster(), Console.of(spec), wait).run(Requests.of(requests));
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
    } catch (MalformedInputException e) {
      throw CommandFailedException.usage("'" + file + "' is not UTF-8 text");
    }
  }
}

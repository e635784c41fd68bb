/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.cli.cluster.Cluster;
import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.cluster.RecordReader;
import io.streambed.cli.cluster.RedriveLog;
import io.streambed.cli.cluster.RequestDecoder;
import io.streambed.cli.cluster.SettlementReader;
import io.streambed.cli.cluster.SettlementReader.Kind;
import io.streambed.cli.cluster.Start;
import io.streambed.cli.letters.Selection;
import io.streambed.cli.redrive.Originals;
import io.streambed.cli.settlement.Settlement;
import io.streambed.cli.show.AvroJson;
import io.streambed.cli.show.LetterJson;
import io.streambed.cli.show.LetterLines;
import io.streambed.cli.show.Snippet;
import io.streambed.processors.redrive.Original;
import io.streambed.processors.redrive.RequestPlace;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.Redrive;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.avro.specific.SpecificRecordBase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one dead letter. */
@Command(
    name = "show",
    header = "Show a dead letter, its request, and what was done with it.",
    description = {
      "The newest of the id. What was asked is shown only with --payload. Reads with "
          + "isolation.level=read_committed and joins no consumer group.",
    },
    exitCodeList = {
      ExitCode.OK_TEXT,
      "1:failed: there is no such dead letter, or a topic is missing",
      ExitCode.USAGE_TEXT,
      ExitCode.UNREACHABLE_TEXT
    },
    footer = {
      "",
      "Examples:",
      "  ./streambed dead-letters show order-4711",
      "  ./streambed dead-letters show prompt-requests-3-1042 --payload"
    })
final class DeadLettersShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "ID",
      description = "The request's id, or the topic-partition-offset at which it was published.")
  private String id = "";

  @Option(names = "--payload", description = "Also what was asked, and the record's key.")
  private boolean payload;

  @Option(names = "--json", description = "Print it as a JSON object on a line, whole.")
  private boolean json;

  @Mixin private ClusterOptions at;

  @Override
  public Integer call() throws NoSuchFileException {
    if (id.isBlank()) {
      throw CommandFailedException.usage("give the ID of a dead letter");
    }
    Console console = Console.of(spec);
    Cluster cluster = at.cluster();
    KafkaAccess kafka = KafkaAccess.to(cluster);
    List<DeadLetter> found = find(cluster, kafka);
    if (found.isEmpty()) {
      throw CommandFailedException.failed("there is no dead letter of the id '" + id + "'");
    }
    DeadLetter letter = found.getLast();
    List<Redrive> redrives = redrives(cluster, kafka, letter);
    try (RecordReader records = RecordReader.open(kafka);
        RequestDecoder decoder = new RequestDecoder(cluster)) {
      Originals.Found original = new Originals(records).of(letter);
      if (json) {
        console.print(json(letter, redrives, original, decoder).toString());
      } else {
        print(console, letter, redrives, original, decoder);
        if (found.size() > 1) {
          console.note(found.size() - 1 + " earlier ones have the same id");
        }
      }
    }
    return ExitCode.OK;
  }

  private List<DeadLetter> find(Cluster cluster, KafkaAccess kafka) {
    Selection selection = Selection.of(Set.of(id));
    List<DeadLetter> found = new ArrayList<>();
    try (SettlementReader reader =
        SettlementReader.open(
            cluster, kafka, EnumSet.of(Kind.DEAD_LETTERS), new Start.Beginning())) {
      reader.toEnd(one -> {
        if (one instanceof Settlement.Dead dead && selection.test(dead.value())) {
          found.add(dead.value());
        }
      });
    }
    found.sort(Comparator.comparing(DeadLetter::getSettledAt));
    return found;
  }

  private static List<Redrive> redrives(Cluster cluster, KafkaAccess kafka, DeadLetter letter) {
    RequestPlace place = RequestPlace.of(letter);
    List<Redrive> redrives = new ArrayList<>();
    RedriveLog.read(
        cluster,
        kafka,
        said -> {
          if (RequestPlace.of(said).equals(place)) {
            redrives.add(said);
          }
        });
    return redrives;
  }

  private void print(
      Console console,
      DeadLetter letter,
      List<Redrive> redrives,
      Originals.Found found,
      RequestDecoder decoder) {
    LetterLines.of(letter).lines().forEach(console::print);
    LetterLines.redrives(redrives).forEach(console::print);
    switch (found) {
      case Originals.Found.Not(var reason) ->
          console.note("the request cannot be had: " + reason.meaning());
      case Originals.Found.There(Original original) -> {
        Optional<SpecificRecordBase> request = decoder.read(original.value());
        console.print(
            "request: " + request.map(LetterLines::summary).orElse("no request that can be read"));
        if (payload) {
          console.print(
              request
                  .map(it -> Snippet.printable(AvroJson.of(it).toPrettyString()))
                  .orElseGet(() -> base64(original.value())));
          byte[] key = original.key();
          console.note(key == null ? "without a key" : "key in Base64: " + base64(key));
        } else {
          console.note("--payload shows what was asked");
        }
      }
    }
  }

  private ObjectNode json(
      DeadLetter letter, List<Redrive> redrives, Originals.Found found, RequestDecoder decoder) {
    ObjectNode node = LetterJson.of(letter, payload);
    redrives.forEach(said -> node.withArray("redrives").add(AvroJson.of(said)));
    if (payload && found instanceof Originals.Found.There(Original original)) {
      decoder.read(original.value()).ifPresent(it -> node.set("request", AvroJson.of(it)));
    }
    return node;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}

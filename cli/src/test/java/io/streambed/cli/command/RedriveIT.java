/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.cli.cluster.Published;
import io.streambed.cli.harness.PlatformHarness;
import io.streambed.cli.harness.Sample;
import io.streambed.cli.settlement.Settlement;
import io.streambed.local.bedrock.fault.Fault;
import io.streambed.local.bedrock.fault.FaultEffect;
import io.streambed.local.bedrock.wire.ErrorType;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.PromptResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of dead letters that are redriven, by the command, on a real platform. */
class RedriveIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void whatFailedIsAnsweredUnderItsOldIdAndOnlyOnce() throws Exception {
    try (PlatformHarness harness = PlatformHarness.start(Map.of("retry.max.attempts", "1"))) {
      // Given: one with an id, one without, and one that was never wanted back
      harness.bedrock().faults().add(Fault.error(ErrorType.MODEL_ERROR).next(2));
      harness.runHere();
      harness.publish(Sample.prompt("named", "Why?"));
      assertThat(letter(harness, "named").getCode()).isEqualTo(DeadLetterCode.MODEL_ERROR);
      Published nameless = harness.publish(Sample.line("{\"prompt\":\"How?\"}"));
      assertThat(letter(harness, nameless.id()).getCode()).isEqualTo(DeadLetterCode.MODEL_ERROR);
      harness.publish(Sample.line("{\"id\":\"other\",\"model\":\"no-such\",\"prompt\":\"Who?\"}"));
      assertThat(letter(harness, "other").getCode()).isEqualTo(DeadLetterCode.UNKNOWN_MODEL);

      // When
      CommandRun dry = redrive(harness, "--kind", "provider", "--dry-run");

      // Then
      assertThat(dry.exitCode()).as(dry.err()).isZero();
      assertThat(dry.out()).contains("prompt-requests").contains("would redrive 2");
      assertThat(harness.settlements().now()).hasSize(3);

      // When
      CommandRun run = redrive(harness, "--kind", "provider", "--run", "after the failure");
      CommandRun again = redrive(harness, "--kind", "provider");

      // Then
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.lastLine()).contains("redriven 2, parked 0, redriven before 0");
      assertThat(again.lastLine()).contains("redriven 0, parked 0, redriven before 2");
      harness.settlements().awaitCount(5, LIMIT);
      assertThat(harness.settlements().of("named").getLast().outcome()).isEqualTo("MODEL");
      Settlement answered = harness.settlements().of(nameless.id()).getLast();
      assertThat(answered.outcome()).isEqualTo("MODEL");
      PromptResult result = ((Settlement.Answered) answered).value();
      assertThat(result.getId()).isEqualTo(nameless.id());
      assertThat(harness.settlements().of("other")).hasSize(1);
      assertThat(harness.ledger().calls()).hasSize(4);
    }
  }

  @Test
  void theCallersOwnErrorIsTriedAfreshAndARepeatIsGivenWhatTheRedriveBrought() throws Exception {
    try (PlatformHarness harness = PlatformHarness.start()) {
      // Given: refused once; the same request published again is told the same without a call
      harness
          .bedrock()
          .faults()
          .add(
              Fault.of(new FaultEffect.Error(ErrorType.VALIDATION, "messages: one is empty"))
                  .next(1));
      harness.runHere();
      harness.publish(Sample.prompt("q", "Why?"));
      assertThat(letter(harness, "q").getCode()).isEqualTo(DeadLetterCode.REJECTED_BY_MODEL);
      harness.publish(Sample.prompt("q", "Why?"));
      harness.settlements().awaitCount(2, LIMIT);
      assertThat(harness.settlements().of("q").getLast().repeat()).isTrue();
      assertThat(harness.ledger().calls()).hasSize(1);

      // When: the first of the two is redriven
      CommandRun run = redrive(harness, "--code", "REJECTED_BY_MODEL", "--limit", "1");
      harness.settlements().awaitCount(3, LIMIT);

      // Then
      assertThat(run.lastLine()).contains("redriven 1, ").contains("left 1");
      assertThat(harness.settlements().of("q").getLast().outcome()).isEqualTo("MODEL");
      assertThat(harness.ledger().calls()).hasSize(2);

      // When: published once more by whoever asked, and the second redriven
      harness.publish(Sample.prompt("q", "Why?"));
      harness.settlements().awaitCount(4, LIMIT);
      CommandRun second = redrive(harness, "--code", "REJECTED_BY_MODEL");
      harness.settlements().awaitCount(5, LIMIT);

      // Then: both are given the answer, and nothing is paid twice
      assertThat(second.lastLine()).contains("redriven 1, ");
      assertThat(harness.settlements().of("q"))
          .extracting(Settlement::outcome)
          .containsExactly("REJECTED_BY_MODEL", "REJECTED_BY_MODEL", "MODEL", "MODEL", "MODEL");
      assertThat(harness.settlements().of("q").getLast().repeat()).isTrue();
      assertThat(harness.ledger().calls()).hasSize(2);
    }
  }

  @Test
  void whatFailsAgainAndAgainIsParked() throws Exception {
    try (PlatformHarness harness = PlatformHarness.start(Map.of("retry.max.attempts", "1"))) {
      // Given
      harness.bedrock().faults().add(Fault.error(ErrorType.MODEL_ERROR));
      harness.runHere();
      harness.publish(Sample.prompt("q", "Why?"));
      letter(harness, "q");

      // When
      List<String> said = new ArrayList<>();
      for (int time = 1; time <= 4; time++) {
        said.add(redrive(harness, "--most", "3").lastLine());
        harness.settlements().awaitCount(Math.min(4, 1 + time), LIMIT);
      }
      CommandRun later = redrive(harness, "--most", "3");

      // Then
      assertThat(said.get(2)).contains("redriven 1, parked 0, redriven before 2");
      assertThat(said.get(3)).contains("redriven 0, parked 1, redriven before 3");
      assertThat(later.lastLine()).contains("redriven 0, parked 1, redriven before 3");
      assertThat(harness.settlements().now()).hasSize(4);
      assertThat(harness.ledger().calls()).hasSize(4);
      CommandRun shown = run(harness, "dead-letters", "show", "q");
      assertThat(shown.out()).contains("parked").contains("after 3 redrives");
      CommandRun stats = run(harness, "dead-letters", "stats", "--json");
      assertThat(stats.out())
          .contains("\"deadLetters\":4")
          .contains("\"redriven\":3")
          .contains("\"parked\":1");

      // When: somebody wants it all the same
      harness.bedrock().faults().clear();
      CommandRun more = redrive(harness, "--most", "4");
      harness.settlements().awaitCount(5, LIMIT);

      // Then
      assertThat(more.lastLine()).contains("redriven 1, parked 0, redriven before 3");
      assertThat(harness.settlements().of("q").getLast().outcome()).isEqualTo("MODEL");
    }
  }

  @Test
  void aRequestIsChangedBySmallPatches() throws Exception {
    try (PlatformHarness harness = PlatformHarness.start()) {
      // Given
      harness.runHere();
      harness.publish(
          Sample.line(
              "{\"id\":\"q\",\"model\":\"no-such\",\"prompt\":\"Why?\",\"metadata\":{\"a\":\"b\"}}"));
      assertThat(letter(harness, "q").getCode()).isEqualTo(DeadLetterCode.UNKNOWN_MODEL);

      // When
      CommandRun unchanged = redrive(harness, "--dry-run");
      CommandRun changed =
          redrive(harness, "--dry-run", "--patch", "model=default", "--patch", "maxTokens=7");
      CommandRun nowhere = redrive(harness, "--to", "no-such-topic");

      // Then: what would be refused again is told before
      assertThat(unchanged.out()).contains("1 would be dead letters again at once: UNKNOWN_MODEL");
      assertThat(changed.out()).doesNotContain("again at once").contains("$0.0");
      assertThat(nowhere.exitCode()).isEqualTo(1);
      assertThat(nowhere.err()).contains("--to: there is no topic 'no-such-topic'");

      // When
      redrive(
          harness,
          "--patch",
          "model=default",
          "--patch",
          "maxTokens=7",
          "--patch",
          "priority=background",
          "--patch",
          "deadline=1h");
      harness.settlements().awaitCount(2, LIMIT);

      // Then
      PromptResult result = ((Settlement.Answered) harness.settlements().of("q").getLast()).value();
      assertThat(result.getModel()).isEqualTo("default");
      assertThat(result.getMetadata()).containsEntry("a", "b");
      assertThat(result.getUsage().getOutputTokens()).isLessThanOrEqualTo(7);
      assertThat(run(harness, "dead-letters", "show", "q").out())
          .contains("model=default, maxTokens=7, priority=BACKGROUND, deadline=");
    }
  }

  @Test
  void deadLettersAreChosenAddedUpAndShownWithoutWhatWasAsked() throws Exception {
    try (PlatformHarness harness = PlatformHarness.start(Map.of("retry.max.attempts", "1"))) {
      // Given
      harness.bedrock().faults().add(Fault.error(ErrorType.MODEL_ERROR).next(1));
      harness.runHere();
      harness.publish(Sample.line("{\"id\":\"a\",\"tenant\":\"acme\",\"prompt\":\"CANARY one\"}"));
      letter(harness, "a");
      harness.publish(
          Sample.line("{\"id\":\"b\",\"model\":\"no-such\",\"prompt\":\"CANARY two\"}"));
      letter(harness, "b");
      Published broken = harness.publishRaw("prompt-requests", "CANARY three".getBytes(UTF_8));
      letter(harness, broken.id());

      // Then
      assertThat(listed(harness)).contains("a", "b", broken.id());
      assertThat(listed(harness, "--kind", "caller")).doesNotContain("\"a\"").contains("\"b\"");
      assertThat(listed(harness, "--code", "unreadable,MODEL_ERROR"))
          .contains("\"a\"", broken.id())
          .doesNotContain("\"b\"");
      assertThat(listed(harness, "--tenant", "acme")).contains("\"a\"").doesNotContain("\"b\"");
      assertThat(listed(harness, "--model", "no-such")).contains("\"b\"").doesNotContain("\"a\"");
      assertThat(listed(harness, "--text", "WIRE FORMAT")).contains(broken.id()).hasLineCount(1);
      assertThat(listed(harness, "--since", "1h", "--until", "30m")).isEmpty();
      assertThat(listed(harness, "--source-topic", "embedding-requests")).isEmpty();
      assertThat(listed(harness, "--id", broken.id())).hasLineCount(1);

      CommandRun stats = run(harness, "dead-letters", "stats", "--by", "kind");
      assertThat(stats.out()).contains("CALLER", "PROVIDER", "all").contains("OPEN");

      for (String id : List.of("a", "b", broken.id())) {
        CommandRun shown = run(harness, "dead-letters", "show", id);
        assertThat(shown.exitCode()).isZero();
        assertThat(shown.out() + shown.err()).contains(id).doesNotContain("CANARY");
        CommandRun whole = run(harness, "dead-letters", "show", id, "--json");
        assertThat(whole.out()).contains("\"code\"").doesNotContain("CANARY", "originalValue\"");
      }
      assertThat(run(harness, "dead-letters", "show", "a", "--payload").out())
          .contains("CANARY one");
      assertThat(listed(harness)).doesNotContain("CANARY", "originalValue\"");
      assertThat(run(harness, "dead-letters", "show", "never").exitCode()).isEqualTo(1);
    }
  }

  private static String listed(PlatformHarness harness, String... options) {
    List<String> words = new ArrayList<>(List.of("dead-letters", "list", "--json"));
    words.addAll(Arrays.asList(options));
    CommandRun run = run(harness, words.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.out();
  }

  private static DeadLetter letter(PlatformHarness harness, String id) {
    return ((Settlement.Dead) harness.settlements().await(id)).value();
  }

  private static CommandRun redrive(PlatformHarness harness, String... options) {
    List<String> words = new ArrayList<>(List.of("redrive"));
    words.addAll(Arrays.asList(options));
    return run(harness, words.toArray(String[]::new));
  }

  private static CommandRun run(PlatformHarness harness, String... words) {
    return CommandRun.at(harness, words);
  }
}

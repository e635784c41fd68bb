/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.schemas.registry.Reply.Again;
import io.streambed.schemas.registry.Reply.Done;
import io.streambed.schemas.registry.Reply.Failed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyReaderTest {

  @ParameterizedTest
  @CsvSource({
    "401, 40101, RegistryRefusedException",
    "403, 40301, RegistryRefusedException",
    "404, 40401, SchemaNotFoundException",
    "404, 40402, SchemaNotFoundException",
    "404, 40403, SchemaNotFoundException",
    "409, 409, IncompatibleSchemaException",
    "400, 400, InvalidSchemaException",
    "422, 42201, InvalidSchemaException",
  })
  void aFinalAnswerHasItsOwnKind(int status, int code, String kind) {
    Reply reply = ReplyReader.read(status, error(code, "no"), "schema id 7");
    assertThat(reply)
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.failure().getClass().getSimpleName()).isEqualTo(kind);
              assertThat(failed.failure()).hasMessageContaining("schema id 7");
            });
  }

  @ParameterizedTest
  @CsvSource({"408", "429", "500", "50001", "503", "599"})
  void aPassingFailureIsWorthAnotherTry(int status) {
    assertThat(ReplyReader.read(status, "", "it")).isInstanceOf(Again.class);
  }

  @Test
  void aNotFoundWithoutTheProtocolsCodeSaysNothingAboutTheSchema() {
    assertThat(ReplyReader.read(404, "{\"error_code\": 404}", "it")).isInstanceOf(Again.class);
    assertThat(ReplyReader.read(404, "Not Found", "it")).isInstanceOf(Again.class);
  }

  @Test
  void aSuccessThatIsNotJsonIsNone() {
    assertThat(ReplyReader.read(200, "<html/>", "it")).isInstanceOf(Again.class);
    assertThat(ReplyReader.read(200, "", "it")).isInstanceOf(Again.class);
    assertThat(ReplyReader.read(200, "[1]", "it")).isInstanceOf(Done.class);
  }

  @Test
  void theRegistrysWordsArePassedOnInOneLineAndCut() {
    assertThat(ReplyReader.read(409, error(409, "first\\nsecond " + "x".repeat(2_000)), "it"))
        .isInstanceOfSatisfying(
            Failed.class,
            failed ->
                assertThat(failed.failure().getMessage())
                    .contains("it said: first second xxx")
                    .endsWith("…")
                    .hasSizeLessThan(800));
  }

  private static String error(int code, String message) {
    return "{\"error_code\": " + code + ", \"message\": \"" + message + "\"}";
  }
}

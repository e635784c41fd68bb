/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerSubjectTest {

  @TempDir Path root;

  @BeforeEach
  void writePeer() throws IOException {
    Path folder = root.resolve("load-tests/peers/other");
    Files.createDirectories(folder.resolve("target"));
    Files.writeString(folder.resolve("main-class"), "some.Main\n");
    Files.writeString(folder.resolve("target/classpath.txt"), "a.jar\n");
  }

  @Test
  void aPeerCommitsAsAllDoUnlessItIsSaidOtherwise() {
    // When
    PeerSubject usual = PeerSubject.of(root, "other");
    PeerSubject slower = PeerSubject.of(root, "other@250");

    // Then
    assertThat(usual.name()).isEqualTo("other");
    assertThat(arguments(usual)).containsEntry("--commit-ms", "10");
    assertThat(slower.name()).isEqualTo("other-250ms");
    assertThat(arguments(slower)).containsEntry("--commit-ms", "250");
  }

  @Test
  void itsTopicsHaveThePartitionsThatItsFolderSays() throws IOException {
    // Given
    PeerSubject peer = PeerSubject.of(root, "other");
    assertThat(peer.partitions()).isEqualTo(4);

    // When
    Files.writeString(peer.folder().resolve("partitions"), "64\n");

    // Then
    assertThat(peer.partitions()).isEqualTo(64);
  }

  @Test
  void whatIsNoPeerIsRefused() {
    assertThatThrownBy(() -> PeerSubject.of(root, "unknown"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no peer unknown");
    assertThatThrownBy(() -> PeerSubject.of(root, "other@soon"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NAME@MILLISECONDS");
  }

  private Map<String, String> arguments(PeerSubject peer) {
    var arguments =
        peer.launch(
                new Endpoints("kafka", "registry", "bedrock"),
                SubjectSettings.of(7, peer.name(), root.resolve("state")))
            .arguments();
    int at = arguments.indexOf("--commit-ms");
    return Map.of(arguments.get(at), arguments.get(at + 1));
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DocumentationTest {
  private static final Path ROOT = Path.of("..");
  private static final Path README = ROOT.resolve("README.md");
  private static final Path ARCHITECTURE = ROOT.resolve("docs/architecture.md");
  private static final Path DEPENDENCIES = ROOT.resolve("docs/decisions/0002-dependencies.md");

  private static final Pattern TEST = Pattern.compile("`([A-Z][a-z]\\w*(?:Test|IT))(?:#(\\w+))?`");
  private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)[^)]*\\)");
  private static final Pattern ARTIFACT =
      Pattern.compile("<(?:dependency|plugin|path)>.*?<artifactId>([^<]+)<", Pattern.DOTALL);

  @Test
  void theTestsThatThePagesNameExist() throws IOException {
    // Given
    Map<String, String> sources = testSources();

    // When
    Set<String> missing = new TreeSet<>();
    for (Path page : pages()) {
      for (MatchResult named : matches(TEST, page)) {
        String source = sources.get(named.group(1));
        boolean there =
            source != null
                && (named.group(2) == null || source.contains("void " + named.group(2) + "("));
        if (!there) {
          missing.add(page + ": " + named.group());
        }
      }
    }

    // Then
    assertThat(missing).isEmpty();
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    // When
    Set<String> broken = new TreeSet<>();
    for (Path page : pages()) {
      for (MatchResult link : matches(LINK, page)) {
        if (!Files.exists(page.resolveSibling(link.group(1)))) {
          broken.add(page + ": " + link.group(1));
        }
      }
    }

    // Then
    assertThat(broken).isEmpty();
  }

  @Test
  void everyDependencyAndPluginHasItsReason() throws IOException {
    // Given
    String reasons = Files.readString(DEPENDENCIES);

    // When
    Set<String> silent = new TreeSet<>();
    for (String pom :
        List.of(
            "pom.xml",
            "schemas/pom.xml",
            "local/pom.xml",
            "processors/pom.xml",
            "cli/pom.xml",
            "load-tests/peers/pom.xml",
            "load-tests/peers/work/pom.xml",
            "load-tests/peers/plain-streams/pom.xml",
            "load-tests/peers/parallel-consumer/pom.xml",
            "load-tests/peers/flink/pom.xml",
            "load-tests/pom.xml",
            "load-tests/peers/trial/pom.xml")) {
      matches(ARTIFACT, ROOT.resolve(pom)).stream()
          .map(found -> found.group(1))
          .filter(name -> !name.startsWith("streambed-") && !reasons.contains("`" + name + "`"))
          .forEach(silent::add);
    }

    // Then
    assertThat(silent).isEmpty();
  }

  @Test
  void theMapOfPackagesIsTheOneThatIsHeld() throws IOException {
    // When, Then
    GeneratedBlock.of(ARCHITECTURE, "packages").mustBe(packages());
  }

  private static String packages() {
    String rows =
        new TreeMap<>(AllowedDependencies.MAP)
            .entrySet().stream()
                .map(row ->
                    "| `%s` | %s |"
                        .formatted(
                            row.getKey(),
                            row.getValue().stream()
                                .sorted()
                                .map(name -> "`" + name + "`")
                                .collect(Collectors.joining(", "))))
                .collect(Collectors.joining("\n"));
    return "| package | may see |\n|---|---|\n" + rows;
  }

  private static List<MatchResult> matches(Pattern pattern, Path file) throws IOException {
    return pattern.matcher(Files.readString(file)).results().toList();
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages =
        new ArrayList<>(
            List.of(README, ROOT.resolve("CONTRIBUTING.md"), ROOT.resolve("load-tests/README.md")));
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
    }
    return pages;
  }

  /** The text of every test class, by its simple name. */
  private static Map<String, String> testSources() throws IOException {
    Map<String, String> sources = new TreeMap<>();
    for (String module :
        List.of("schemas", "local", "processors", "cli", "load-tests", "load-tests/peers/trial")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          String name = file.getFileName().toString();
          sources.put(name.substring(0, name.length() - ".java".length()), Files.readString(file));
        }
      }
    }
    return sources;
  }
}

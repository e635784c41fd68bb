/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** Reads a file of settings into dotted keys. Its errors hold places, never the file's text. */
final class ConfigFile {

  private ConfigFile() {}

  static Map<String, String> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(file.toString(), in);
    } catch (NoSuchFileException e) {
      throw InvalidConfigException.unreadable(
          file.toString(), "there is no such file", "Check the path");
    } catch (IOException e) {
      throw InvalidConfigException.unreadable(
          file.toString(), "it cannot be read", "Check that it is a file and may be read");
    }
  }

  static Map<String, String> read(String name, InputStream in) throws IOException {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".yaml") || lower.endsWith(".yml")) {
      return yaml(name, in);
    }
    if (lower.endsWith(".properties")) {
      return properties(name, in);
    }
    throw InvalidConfigException.unreadable(
        name, "the kind of file is not known", "Name it .yaml, .yml or .properties");
  }

  private static Map<String, String> yaml(String name, InputStream in) throws IOException {
    try (var parser = new YAMLFactory().createParser(new InputStreamReader(in, UTF_8))) {
      return new YamlSettings(name, parser).read();
    } catch (JsonProcessingException e) {
      var place = e.getLocation();
      throw InvalidConfigException.unreadable(
          name,
          place == null
              ? "it is not valid YAML"
              : "it is not valid YAML at line "
                  + place.getLineNr()
                  + ", column "
                  + place.getColumnNr(),
          "Correct it there");
    }
  }

  private static Map<String, String> properties(String name, InputStream in) throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    Properties once =
        new Properties() {
          @Override
          public synchronized Object put(Object key, Object value) {
            if (settings.put((String) key, ((String) value).strip()) != null) {
              throw InvalidConfigException.unreadable(
                  name, key + " is there twice", "Remove one of them");
            }
            return value;
          }
        };
    try {
      once.load(new InputStreamReader(in, UTF_8));
    } catch (IllegalArgumentException e) {
      throw InvalidConfigException.unreadable(
          name, "it holds a malformed \\u escape", "Write the letter itself; the file is UTF-8");
    }
    return settings;
  }
}

/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.CompactionStyle;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

class SharedRocksMemoryTest {

  @TempDir private Path folder;

  @Test
  void theLargestFileHasAFilterSoThatALookUpOfNewWorkReadsNoBlockOfIt() throws RocksDBException {
    SharedRocksMemory memory = new SharedRocksMemory();
    // Given: settings as Kafka Streams makes them
    try (Options options = new Options()) {
      options.setCreateIfMissing(true);
      options.setOptimizeFiltersForHits(true);
      options.setCompactionStyle(CompactionStyle.UNIVERSAL);
      options.setTableFormatConfig(new BlockBasedTableConfig());

      // When
      memory.setConfig("known-work", options, Map.of());
      try (RocksDB store = RocksDB.open(options, folder.toString());
          FlushOptions toFile = new FlushOptions()) {
        for (int i = 0; i < 1_000; i++) {
          store.put(("key" + i).getBytes(UTF_8), new byte[100]);
          if (i == 500) {
            store.flush(toFile);
          }
        }
        store.compactRange();

        // Then
        assertThat(store.getPropertiesOfAllTables().values())
            .hasSize(1)
            .allSatisfy(file -> assertThat(file.getFilterSize()).isPositive());
      }
      memory.close("known-work", options);
    }
  }
}

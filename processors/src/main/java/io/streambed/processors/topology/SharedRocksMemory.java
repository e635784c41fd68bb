/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.topology;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.TableFormatConfig;
import org.rocksdb.WriteBufferManager;

/**
 * One block cache and one bound on write buffers for all stores of the process: by default Kafka
 * Streams gives each store of each partition its own, and memory grows with the partitions. After
 * "RocksDB memory management" in Kafka Streams' documentation. Kafka Streams makes one for each
 * store.
 */
public final class SharedRocksMemory implements RocksDBConfigSetter {

  private static final long CACHE_BYTES = 128L << 20;
  private static final long WRITE_BUFFER_BYTES = 64L << 20;
  private static final int BITS_PER_KEY = 10;

  /** Part of a write buffer for its filter: some 20 bits for each of our small entries. */
  private static final double BUFFER_FILTER_RATIO = 0.02;

  static {
    RocksDB.loadLibrary();
  }

  private static final Cache CACHE = new LRUCache(CACHE_BYTES);
  private static final WriteBufferManager WRITE_BUFFERS =
      new WriteBufferManager(WRITE_BUFFER_BYTES, CACHE);
  private static final BloomFilter BLOOM_FILTER = new BloomFilter(BITS_PER_KEY);

  @Override
  public void setConfig(String store, Options options, Map<String, Object> configs) {
    TableFormatConfig format = options.tableFormatConfig();
    if (format instanceof BlockBasedTableConfig table) {
      table.setBlockCache(CACHE);
      table.setCacheIndexAndFilterBlocks(true);
      table.setPinL0FilterAndIndexBlocksInCache(true);
      table.setFilterPolicy(BLOOM_FILTER);
      options.setTableFormatConfig(table);
    }
    options.setWriteBufferManager(WRITE_BUFFERS);
    // Most look-ups are for work that is new and find nothing. Kafka Streams expects the contrary,
    // and then the oldest and largest file has no filter: every look-up would read a block of it.
    options.setOptimizeFiltersForHits(false);
    options.setMemtableWholeKeyFiltering(true);
    options.setMemtablePrefixBloomSizeRatio(BUFFER_FILTER_RATIO);
  }

  @Override
  public void close(String store, Options options) {
    // Cache, buffers and filter outlive every store.
  }
}

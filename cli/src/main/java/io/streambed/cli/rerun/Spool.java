/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Values in a file without a name, which is gone when the process is. What is read of Kafka once
 * may be wanted in any order, and can be larger than memory. Not for use by several threads.
 */
final class Spool implements AutoCloseable {

  private static final int BUFFER = 1 << 20;

  private final FileChannel file;
  private final ByteBuffer waiting = ByteBuffer.allocate(BUFFER);
  private long written;

  private Spool(FileChannel file) {
    this.file = file;
  }

  static Spool open() {
    try {
      Path path = Files.createTempFile("streambed-replay", ".spool");
      FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
      Files.delete(path);
      return new Spool(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps a value and gives the place where it is. */
  long add(byte[] value) {
    int length = Integer.BYTES + value.length;
    if (length > waiting.remaining()) {
      flush();
    }
    long place = written + waiting.position();
    if (length > waiting.remaining()) {
      write(ByteBuffer.allocate(length).putInt(value.length).put(value).flip());
    } else {
      waiting.putInt(value.length).put(value);
    }
    return place;
  }

  /** The value at a place. */
  byte[] get(long place) {
    if (place >= written) {
      flush();
    }
    byte[] value = new byte[read(place, Integer.BYTES).getInt()];
    read(place + Integer.BYTES, value.length).get(value);
    return value;
  }

  private ByteBuffer read(long place, int length) {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    try {
      while (buffer.hasRemaining()) {
        if (file.read(buffer, place + buffer.position()) < 0) {
          throw new IllegalStateException("a value ends before its length");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.flip();
  }

  private void flush() {
    write(waiting.flip());
    waiting.clear();
  }

  private void write(ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        written += file.write(bytes, written);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

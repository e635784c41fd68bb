/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.util.HexFormat;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.shaded.org.apache.avro.Schema;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumReader;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumWriter;
import org.apache.flink.avro.shaded.org.apache.avro.io.DecoderFactory;
import org.apache.flink.avro.shaded.org.apache.avro.io.EncoderFactory;
import org.apache.flink.formats.avro.registry.confluent.ConfluentSchemaRegistryCoder;

/**
 * Reads or writes one value with Confluent's client and Flink's coder. Started by a test as a
 * source file; its arguments come as lines of its input.
 */
public class Exchange {

  public static void main(String[] none) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    String action = in.readLine();
    var client = new CachedSchemaRegistryClient(in.readLine(), 10);
    if (action.equals("read")) {
      read(client, HexFormat.of().parseHex(in.readLine()));
    } else {
      write(client, in.readLine(), new Schema.Parser().parse(in.readLine()), in.readLine());
    }
  }

  private static void read(CachedSchemaRegistryClient client, byte[] value) throws Exception {
    var in = new ByteArrayInputStream(value);
    Schema schema = new ConfluentSchemaRegistryCoder(client).readSchema(in);
    var decoder = DecoderFactory.get().directBinaryDecoder(in, null);
    Object record = new GenericDatumReader<Object>(schema).read(null, decoder);
    System.out.write((record + "\n").getBytes(UTF_8));
    System.out.flush();
  }

  private static void write(
      CachedSchemaRegistryClient client, String subject, Schema schema, String json)
      throws Exception {
    Object record =
        new GenericDatumReader<Object>(schema)
            .read(null, DecoderFactory.get().jsonDecoder(schema, json));
    var out = new ByteArrayOutputStream();
    new ConfluentSchemaRegistryCoder(subject, client).writeSchema(schema, out);
    var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    new GenericDatumWriter<Object>(schema).write(record, encoder);
    encoder.flush();
    System.out.println(HexFormat.of().formatHex(out.toByteArray()));
  }
}

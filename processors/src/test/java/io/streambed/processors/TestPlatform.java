/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.streambed.local.Local;
import io.streambed.local.LocalOptions;
import io.streambed.local.bedrock.ledger.Ledger;
import io.streambed.processors.config.ConfigLoader;
import io.streambed.processors.config.StreambedConfig;
import io.streambed.processors.job.StateCodec;
import io.streambed.schemas.BudgetEvent;
import io.streambed.schemas.Cancel;
import io.streambed.schemas.Control;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.EmbeddingResult;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.PromptResult;
import io.streambed.schemas.UsageEvent;
import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.serdes.AvroEncoder;
import io.streambed.schemas.serdes.RecordDecoder;
import io.streambed.schemas.serdes.SubjectNaming;
import io.streambed.schemas.serdes.WireFormat;
import io.streambed.schemas.state.MovedCalls;
import io.streambed.schemas.topics.TopicLayout;
import io.streambed.schemas.topics.TopicProvisioner;
import io.streambed.schemas.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A broker, a registry and a stand-in for Bedrock, as many instances of the platform as a test
 * wants, and eyes on everything that comes out, as a read-committed consumer sees it.
 */
final class TestPlatform implements AutoCloseable {

  /** Everything that was written, in the order in which it was read. */
  static final class Seen {
    final List<PromptResult> prompts = new ArrayList<>();
    final List<EmbeddingResult> embeddings = new ArrayList<>();
    final List<DeadLetter> deadLetters = new ArrayList<>();
    final List<UsageEvent> usage = new ArrayList<>();
    final List<BudgetEvent> budgets = new ArrayList<>();

    int settlements() {
      return prompts.size() + embeddings.size() + deadLetters.size();
    }
  }

  static final String SONNET = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
  static final String HAIKU = "us.anthropic.claude-haiku-4-5-20251001-v1:0";
  static final String TITAN = "amazon.titan-embed-text-v2:0";
  static final String COHERE = "cohere.embed-english-v3";

  private static final Topics TOPICS = Topics.defaults();

  private final Local local;
  private final TestBroker broker;
  private final Path directory;
  private final Map<String, String> settings = new HashMap<>();
  private final SchemaRegistryClient registry;
  private final AvroEncoder encoder;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<Streambed> instances = new ArrayList<>();
  private final List<SimpleMeterRegistry> meters = new ArrayList<>();
  private Seen seen = new Seen();

  private TestPlatform(Map<String, String> own) throws Exception {
    directory = Files.createTempDirectory("streambed-test");
    local = Local.start(LocalOptions.ephemeral());
    broker = TestBroker.beside(local);
    settings.put("kafka.bootstrap.servers", broker.bootstrapServers());
    settings.put("registry.urls", local.registry().url());
    settings.put("bedrock.endpoint", local.bedrock().url());
    settings.put("bedrock.region", "us-east-1");
    settings.put("ops.enabled", "false");
    settings.put("models.sonnet.id", SONNET);
    settings.put("models.haiku.id", HAIKU);
    settings.put("retry.backoff.ms", "20");
    settings.put("retry.backoff.max.ms", "200");
    settings.put("models.titan.id", TITAN);
    settings.put("models.cohere.id", COHERE);
    settings.putAll(own);
    try (Admin admin = Admin.create(kafka())) {
      int jobs = Integer.parseInt(settings.getOrDefault("jobs.partitions", "4"));
      new TopicProvisioner(admin, TOPICS).create(new TopicLayout(4, jobs, (short) 1), false).get();
    }
    registry = new SchemaRegistryClient(config("unused").registry());
    encoder = new AvroEncoder(registry, SubjectNaming.TOPIC_NAME, true);
    encoder.prepare(TOPICS.promptRequests(), PromptRequest.getClassSchema()).get();
    encoder.prepare(TOPICS.embeddingRequests(), EmbeddingRequest.getClassSchema()).get();
    producer = new KafkaProducer<>(kafka(), new ByteArraySerializer(), new ByteArraySerializer());
    Map<String, Object> reading = kafka();
    reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    consumer =
        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        Stream.of(
                TOPICS.promptResults(),
                TOPICS.embeddingResults(),
                TOPICS.deadLetters(),
                TOPICS.usageEvents(),
                TOPICS.budgetEvents())
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Starts everything and one instance of the platform, with settings of the test's own. */
  static TestPlatform start(Map<String, String> settings) throws Exception {
    TestPlatform platform = withoutInstance(settings);
    platform.startInstance("a");
    return platform;
  }

  static TestPlatform withoutInstance(Map<String, String> settings) throws Exception {
    return new TestPlatform(settings);
  }

  Streambed startInstance(String id) throws InterruptedException {
    SimpleMeterRegistry registered = new SimpleMeterRegistry();
    Streambed instance = Streambed.start(config(id), registered);
    meters.add(registered);
    instances.add(instance);
    if (!instance.awaitRunning(Duration.ofSeconds(60))) {
      throw new AssertionError("the platform does not run after 60 s: " + instance.state());
    }
    return instance;
  }

  /** Waits until each instance in this process has some of the tasks, and all are with one. */
  void awaitTasks(Duration timeout) throws Exception {
    long end = System.nanoTime() + timeout.toNanos();
    while (!haveTasks()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not every instance has tasks after " + timeout);
      }
      read();
    }
  }

  private boolean haveTasks() {
    List<Double> shares =
        meters.stream().map(one -> one.get("streambed.lane.share").gauge().value()).toList();
    return shares.stream().allMatch(share -> share > 0)
        && shares.stream().mapToDouble(share -> share).sum() > 0.999;
  }

  /** Names and tags of all meters of the instances in this process. */
  List<String> meterNames() {
    return meters.stream()
        .flatMap(one -> one.getMeters().stream())
        .map(meter -> PrivacyIT.text(meter.getId()))
        .toList();
  }

  /** The value of a gauge, summed over the instances in this process. */
  double gauge(String name) {
    return meters.stream().mapToDouble(one -> one.get(name).gauge().value()).sum();
  }

  /** Starts an instance in a process of its own. */
  ForkedInstance fork(String id) throws IOException {
    return ForkedInstance.start(directory, id, settings(id));
  }

  StreambedConfig config(String instanceId) {
    return ConfigLoader.load(settings(instanceId), Map.of()).config();
  }

  private Map<String, String> settings(String instanceId) {
    Map<String, String> mine = new HashMap<>(settings);
    mine.put("instance.id", instanceId);
    mine.putIfAbsent("state.dir", directory.resolve(instanceId).toString());
    return mine;
  }

  /** Restarts the broker where it is; clients find it again. */
  void restartBroker() throws Exception {
    broker.restart();
  }

  Local local() {
    return local;
  }

  Ledger ledger() {
    return local.bedrock().ledger();
  }

  /** Begins to look afresh: what was seen and called so far does not count. */
  void forget() {
    seen = new Seen();
    ledger().clear();
  }

  void publish(PromptRequest request) {
    publish(TOPICS.promptRequests(), request.getId().orElse(null), encode(request));
  }

  void publish(EmbeddingRequest request) {
    publish(TOPICS.embeddingRequests(), request.getId().orElse(null), encode(request));
  }

  /** Orders that a request is cancelled. */
  void cancel(String tenant, String id) throws Exception {
    Control order = new Control(new Cancel(tenant, id));
    encoder.prepare(TOPICS.control(), Control.getClassSchema()).get();
    publish(TOPICS.control(), tenant + "/" + id, encoder.encode(TOPICS.control(), order));
    producer.flush();
  }

  void publish(String topic, @Nullable String key, byte[] value) {
    publish(new ProducerRecord<>(topic, key == null ? null : key.getBytes(UTF_8), value));
  }

  void publish(ProducerRecord<byte[], byte[]> record) {
    producer.send(record);
  }

  byte[] encode(SpecificRecordBase request) {
    return encoder.encode(
        request instanceof PromptRequest ? TOPICS.promptRequests() : TOPICS.embeddingRequests(),
        request);
  }

  /** Reads for at most the time given, or until so many requests are settled. */
  Seen await(int settlements, Duration timeout) throws Exception {
    producer.flush();
    long end = System.nanoTime() + timeout.toNanos();
    while (seen.settlements() < settlements && System.nanoTime() < end) {
      read();
    }
    if (seen.settlements() < settlements) {
      throw new AssertionError(
          "only " + seen.settlements() + " of " + settlements + " requests are settled");
    }
    return seen;
  }

  /** Reads until so many usage events have come. */
  void awaitUsage(int events, Duration timeout) throws Exception {
    long end = System.nanoTime() + timeout.toNanos();
    while (seen.usage.size() < events && System.nanoTime() < end) {
      read();
    }
    if (seen.usage.size() < events) {
      throw new AssertionError("only " + seen.usage.size() + " of " + events + " usage events");
    }
  }

  /** Reads until the stand-in has received so many calls. */
  void awaitCalls(int calls, Duration timeout) throws Exception {
    producer.flush();
    long end = System.nanoTime() + timeout.toNanos();
    while (ledger().calls().size() < calls && System.nanoTime() < end) {
      read();
    }
    if (ledger().calls().size() < calls) {
      throw new AssertionError("only " + ledger().calls().size() + " of " + calls + " calls");
    }
  }

  void flush() {
    producer.flush();
  }

  /** Reads on for a while, to see what should not come. */
  Seen readFor(Duration time) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      read();
    }
    return seen;
  }

  /** All that instances have said so far of calls whose tasks have left them. */
  List<MovedCalls> movedCalls() {
    StateCodec<MovedCalls> codec = new StateCodec<>(MovedCalls.class, List.of());
    List<MovedCalls> said = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> reader =
        new KafkaConsumer<>(kafka(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          reader.partitionsFor(TOPICS.movedCalls()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      reader.assign(partitions);
      reader.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> reader.position(e.getKey()) < e.getValue())) {
        reader
            .poll(Duration.ofMillis(50))
            .forEach(record -> said.add(codec.decode(record.value())));
      }
    }
    return said;
  }

  private void read() throws Exception {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
      String topic = record.topic();
      if (topic.equals(TOPICS.promptResults())) {
        seen.prompts.add(decode(record, PromptResult.class));
      } else if (topic.equals(TOPICS.embeddingResults())) {
        seen.embeddings.add(decode(record, EmbeddingResult.class));
      } else if (topic.equals(TOPICS.deadLetters())) {
        seen.deadLetters.add(decode(record, DeadLetter.class));
      } else if (topic.equals(TOPICS.budgetEvents())) {
        seen.budgets.add(decode(record, BudgetEvent.class));
      } else {
        seen.usage.add(decode(record, UsageEvent.class));
      }
    }
  }

  private <T extends SpecificRecordBase> T decode(
      ConsumerRecord<byte[], byte[]> record, Class<T> type) throws Exception {
    int id = WireFormat.schemaId(record.value()).orElseThrow();
    return new RecordDecoder<>(type).decode(record.value(), registry.schema(id).get());
  }

  Map<String, Object> kafka() {
    Map<String, Object> map = new HashMap<>();
    map.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
    map.put(ProducerConfig.LINGER_MS_CONFIG, 1);
    // One at a time: a batch behind one that met a leader not yet elected may never get through.
    map.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    return map;
  }

  Properties kafkaProperties() {
    Properties properties = new Properties();
    properties.putAll(kafka());
    return properties;
  }

  @Override
  public void close() throws IOException {
    instances.forEach(Streambed::close);
    producer.close(Duration.ofSeconds(5));
    consumer.close();
    registry.close();
    broker.close();
    local.close();
  }
}

// Copyright the Streambed authors.
// SPDX-License-Identifier: Apache-2.0
//
// Publishes a prompt and waits for its result or dead letter:
//   node docs/examples/ask.mjs "Why do rivers meander?"
// Needs kafkajs and @kafkajs/confluent-schema-registry; KAFKA and REGISTRY name other addresses.
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import kafkajs from "kafkajs";
import confluent from "@kafkajs/confluent-schema-registry";

const [prompt = "Why do rivers meander?", model = "default"] = process.argv.slice(2);
const kafka = new kafkajs.Kafka({
  clientId: "ask",
  brokers: [process.env.KAFKA ?? "127.0.0.1:9092"],
  logLevel: kafkajs.logLevel.ERROR,
});
const registry = new confluent.SchemaRegistry({ host: process.env.REGISTRY ?? "http://127.0.0.1:8081" });

// To register what is registered already gives its id again.
const released = new URL("../../schemas/src/main/resources/released/1/PromptRequest.avsc", import.meta.url);
const { id: schema } = await registry.register(
  { type: confluent.SchemaType.AVRO, schema: await readFile(released, "utf8") },
  { subject: "prompt-requests-value" },
);

// Reading begins before the request is published. kafkajs reads only what is committed.
const id = randomUUID();
const consumer = kafka.consumer({ groupId: `ask-${id}` });
await consumer.connect();
await consumer.subscribe({ topics: ["prompt-results", "dead-letters"], fromBeginning: true });
const settled = new Promise((resolve, reject) => {
  consumer
    .run({
      eachMessage: async ({ topic, message }) => {
        const settlement = await registry.decode(message.value);
        if (settlement.id === id) resolve({ topic, settlement });
      },
    })
    .catch(reject);
});

const producer = kafka.producer();
await producer.connect();
const request = { id, model, messages: [{ role: "USER", content: [{ text: prompt }] }] };
await producer.send({
  topic: "prompt-requests",
  messages: [{ key: id, value: await registry.encode(schema, request) }],
});
await producer.disconnect();

const { topic, settlement } = await settled;
if (topic === "prompt-results") {
  console.log(settlement.content.map((block) => block.text ?? "").join(""));
  console.log(`(${settlement.stopReason}, ${settlement.usage.outputTokens} tokens, ${settlement.costPicoDollars / 1e12} USD)`);
} else {
  console.error(`${settlement.code}: ${settlement.message}`);
  process.exitCode = 1;
}
await consumer.disconnect();

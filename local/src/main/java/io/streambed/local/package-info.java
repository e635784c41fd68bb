/**
 * A Kafka broker, a schema registry and a stand-in for Amazon Bedrock, in this JVM: for trying and
 * for testing.
 */
@NullMarked
package io.streambed.local;

import org.jspecify.annotations.NullMarked;

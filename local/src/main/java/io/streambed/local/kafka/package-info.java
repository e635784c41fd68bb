/** A real Kafka broker in this JVM. */
@NullMarked
package io.streambed.local.kafka;

import org.jspecify.annotations.NullMarked;

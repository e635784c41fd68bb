/** A schema registry in memory that speaks the Confluent REST protocol. */
@NullMarked
package io.streambed.local.registry;

import org.jspecify.annotations.NullMarked;

/** Faults that a test or a user puts in the way of calls. */
@NullMarked
package io.streambed.local.bedrock.fault;

import org.jspecify.annotations.NullMarked;

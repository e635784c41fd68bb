/** The HTTP API through which a user reads the ledger and sets faults, latency and quotas. */
@NullMarked
package io.streambed.local.bedrock.control;

import org.jspecify.annotations.NullMarked;

/** How long a model takes. */
@NullMarked
package io.streambed.local.bedrock.latency;

import org.jspecify.annotations.NullMarked;

/** What is said over the wire: operations, errors, answers and event frames. */
@NullMarked
package io.streambed.local.bedrock.wire;

import org.jspecify.annotations.NullMarked;

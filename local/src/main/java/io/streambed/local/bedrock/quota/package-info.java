/** Bedrock's arithmetic of requests and tokens a minute. */
@NullMarked
package io.streambed.local.bedrock.quota;

import org.jspecify.annotations.NullMarked;

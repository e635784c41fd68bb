/** The models that the stand-in knows: what they take, what they limit, what they cost. */
@NullMarked
package io.streambed.local.bedrock.catalog;

import org.jspecify.annotations.NullMarked;

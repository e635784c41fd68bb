/**
 * Answers made up from the request alone: equal requests get equal answers, near texts get near
 * vectors.
 */
@NullMarked
package io.streambed.local.bedrock.answer;

import org.jspecify.annotations.NullMarked;

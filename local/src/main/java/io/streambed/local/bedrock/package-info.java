/**
 * A stand-in for Amazon Bedrock's runtime that speaks its wire protocol, errors, quotas and
 * billing.
 */
@NullMarked
package io.streambed.local.bedrock;

import org.jspecify.annotations.NullMarked;

/** Every call that was received, and what it was billed. */
@NullMarked
package io.streambed.local.bedrock.ledger;

import org.jspecify.annotations.NullMarked;

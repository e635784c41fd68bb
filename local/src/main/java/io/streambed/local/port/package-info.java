/** The TCP ports that the services listen on. */
@NullMarked
package io.streambed.local.port;

import org.jspecify.annotations.NullMarked;

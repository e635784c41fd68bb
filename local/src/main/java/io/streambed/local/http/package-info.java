/** One HTTP server on one port, HTTP/1.1 and HTTP/2 without TLS. */
@NullMarked
package io.streambed.local.http;

import org.jspecify.annotations.NullMarked;

/**
 * Reading messages, ours beside Apache Mime4j and Angus Mail: everybody decodes every header field and every body to the same
 * digest of the same messages, in one process.
 */
@NullMarked
package org.merpati.check.bench.mime;

import org.jspecify.annotations.NullMarked;

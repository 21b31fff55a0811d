/**
 * What mail programs report of messages that were read or deleted: message disposition notifications (RFC 8098), as JMAP has
 * them (RFC 9007). They are read; sending one waits until mail can be sent to other servers, so {@code MDN/send} is unknown.
 */
@NullMarked
package org.merpati.core.jmap.mdn;

import org.jspecify.annotations.NullMarked;

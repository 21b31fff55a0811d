/** Reads messages (RFC 5322, RFC 2045 to 2047) by offset: nothing is copied, nothing a stranger sends makes it throw. */
@NullMarked
package org.merpati.lib.mime;

import org.jspecify.annotations.NullMarked;

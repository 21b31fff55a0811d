/**
 * IMAP responses as values (RFC 3501 §7), and {@link org.merpati.lib.imap.response.ImapWriter}, the one class that knows
 * how they look on the wire: atoms, quoted strings and literals, modified UTF-7, dates.
 *
 * <p>Invariants: no text can bring a line end of its own into a response; a literal has exactly the octets it announces, or
 * the connection ends ({@link org.merpati.lib.imap.response.CutLiteralException}); octets of messages flow through one
 * buffer and are never collected.
 */
@NullMarked
package org.merpati.lib.imap.response;

import org.jspecify.annotations.NullMarked;

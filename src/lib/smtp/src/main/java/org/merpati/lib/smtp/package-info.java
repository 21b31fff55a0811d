/**
 * The bytes of SMTP: lines, replies and message data on streams that are handed in (RFC 5321, RFC 2034). The grammar of
 * paths is in {@code path}, of commands in {@code command}; {@code client} speaks the other side.
 *
 * <p>Invariants:
 * <ul>
 * <li>only CRLF ends a line, only CRLF.CRLF ends a message (RFC 5321 §2.3.8, §4.1.1.4); nothing after a bare CR or LF is
 *     ever taken for a command of its own;
 * <li>a reader's memory is its buffer, whatever a peer sends; a line or a message over its limit is swallowed to its end;
 * <li>a reply can't contradict itself, and no text in it can make a second line;
 * <li>a peer's mistake in a command is a {@link org.merpati.lib.smtp.SmtpSyntaxException}, which knows its reply.
 * </ul>
 */
@NullMarked
package org.merpati.lib.smtp;

import org.jspecify.annotations.NullMarked;

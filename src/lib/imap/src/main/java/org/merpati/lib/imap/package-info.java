/**
 * The bytes of IMAP (RFC 3501, RFC 9051): how commands are framed, the tokens they are made of, names and number sets.
 *
 * <p>Invariants:
 * <ul>
 * <li>{@link org.merpati.lib.imap.ImapReader} holds at most one command: 64 KB of lines and as many octets of literals as
 *     its caller allows; what is beyond is passed over with the same small buffer;
 * <li>a literal is invited only after the caller has agreed to it;
 * <li>{@link org.merpati.lib.imap.CommandReader} never waits and never looks outside its command; what is wrong is an
 *     {@link org.merpati.lib.imap.ImapSyntaxException} that knows where;
 * <li>NUL is refused everywhere (RFC 3501 §9, CHAR) but in literals that are diverted, whose octets nobody here looks at;
 * <li>a message is never held in memory: its literal is diverted, and the command has a reference where it stood.
 * </ul>
 */
@NullMarked
package org.merpati.lib.imap;

import org.jspecify.annotations.NullMarked;

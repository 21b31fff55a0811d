/**
 * What each SMTP command means on the port for mail from other servers (RFC 5321; extensions SIZE RFC 1870, PIPELINING RFC
 * 2920, 8BITMIME RFC 6152, ENHANCEDSTATUSCODES RFC 2034).
 *
 * <p>{@link org.merpati.core.smtp.SmtpProtocol} is the entrance, {@link org.merpati.core.smtp.SmtpSession} one connection's
 * life; a command with a life of its own has a handler. Invariants:
 * <ul>
 * <li>everything runs on the connection's thread; the door is used by the directory and by reception only, and is never held
 *     while the peer is waited for;
 * <li>mail is taken for addresses of this server only; there is no way to relay;
 * <li>what limits recipients counts the addresses that were named, what bounds the work counts the accounts behind them;
 * <li>whatever has been answered is sent before the session waits for input;
 * <li>250 after a message means that it is committed;
 * <li>failures of the store are worded in {@link org.merpati.core.smtp.SmtpFailures} and nowhere else.
 * </ul>
 */
@NullMarked
package org.merpati.core.smtp;

import org.jspecify.annotations.NullMarked;

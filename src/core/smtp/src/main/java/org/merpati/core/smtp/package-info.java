/**
 * What each SMTP command means to other mail servers (RFC 5321), to people's mail programs (RFC 6409) and to a server in front
 * of this one (LMTP, RFC 2033). {@link org.merpati.core.smtp.Offer} knows which extensions each of them is offered.
 *
 * <p>{@link org.merpati.core.smtp.SmtpProtocol} is the entrance, {@link org.merpati.core.smtp.SmtpSession} one connection's
 * life, {@link org.merpati.core.smtp.Commands} says what may come when; a command with a life of its own has a handler.
 * Invariants:
 * <ul>
 * <li>everything runs on the connection's thread; the door is used by the directory, by stages and by reception only, and is never held
 *     while the peer is waited for;
 * <li>mail is taken for addresses of this server only; there is no way to relay;
 * <li>what limits recipients counts the addresses that were named, what bounds the work counts the accounts behind them;
 * <li>whatever has been answered is sent before the session waits for input;
 * <li>a chunk of BDAT is read to its end before it is answered, so that none of it is taken for commands;
 * <li>whatever was said in clear is forgotten once TLS is on;
 * <li>250 after a message means that it is committed;
 * <li>failures of the store are worded in {@link org.merpati.core.smtp.SmtpFailures} and nowhere else.
 * </ul>
 */
@NullMarked
package org.merpati.core.smtp;

import org.jspecify.annotations.NullMarked;

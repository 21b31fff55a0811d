/**
 * Identities, and sending mail (RFC 8621 §6, §7).
 *
 * <p>Whether an account may send from an address is the directory's to say, as it does for SMTP submission; a message goes the
 * way of any other, through {@link org.merpati.core.transport.Reception}. What an envelope's addresses and parameters may be is
 * known to {@code lib/smtp}'s grammar alone.
 *
 * <p>Invariants:
 * <ul>
 * <li>a submission that was answered as created is committed for all of its recipients; one that was refused, for none;
 * <li>a recipient on another server is refused until mail can be sent there;
 * <li>what is to be sent later waits in the store with its octets, and {@link org.merpati.core.jmap.submission.HeldMail} sends it,
 *     whatever becomes of the email; until a server has taken it up it can be canceled;
 * <li>an extension is offered only if it is honoured.
 * </ul>
 */
@NullMarked
package org.merpati.core.jmap.submission;

import org.jspecify.annotations.NullMarked;

/**
 * What an SMTP session asks at each of its steps: connect, ehlo, auth, mail, rcpt, data and message. Bans, throttles, address
 * rewriting, plug-ins and later milters are all {@link org.merpati.core.api.stage.SmtpStage}s, asked in the order of their
 * priorities.
 *
 * <p>Invariants:
 * <ul>
 * <li>values go in and a verdict comes out; a stage never sees the connection;
 * <li>the first verdict that is neither {@link org.merpati.core.api.stage.Verdict.Continue} nor
 *     {@link org.merpati.core.api.stage.AddressVerdict.Replace} ends the step; what replaces an address is what later stages
 *     see;
 * <li>each stage is asked once a step, so no replacement can go round in circles.
 * </ul>
 *
 * <p>Codes as in RFC 5321 §4.2.1, enhanced codes as in RFC 3463 §2.
 */
@NullMarked
package org.merpati.core.api.stage;

import org.jspecify.annotations.NullMarked;

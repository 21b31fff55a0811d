/**
 * SASL (RFC 4422) for both sides: what {@code server} and {@code client} share. Preparation of names and passwords
 * (RFC 4013), SCRAM's arithmetic and messages (RFC 5802, RFC 7677), channel bindings (RFC 5929, RFC 9266).
 *
 * <p>Invariants:
 * <ul>
 * <li>no I/O and no clock: an exchange takes the peer's bytes and gives back the next step, which says what to send or what
 *     to ask of the directory; base64 and the {@code *} that cancels belong to the protocol around it;
 * <li>a message has at most {@link SaslText#MAX_MESSAGE} octets, whatever it is;
 * <li>what proves a secret is compared in constant time, and a secret never prints;
 * <li>whether a login exists can be told neither from an answer nor from SCRAM's salt.
 * </ul>
 */
@NullMarked
package org.merpati.lib.sasl;

import org.jspecify.annotations.NullMarked;

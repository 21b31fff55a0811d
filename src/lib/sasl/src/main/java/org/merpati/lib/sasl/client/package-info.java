/**
 * The client's side of SASL: {@link org.merpati.lib.sasl.client.SaslClient} chooses the best mechanism that a server offers
 * and the credentials allow, and an exchange is a chain of {@link org.merpati.lib.sasl.client.ClientStep}s. PLAIN
 * (RFC 4616), LOGIN, SCRAM (RFC 5802, RFC 7677), OAUTHBEARER (RFC 7628), XOAUTH2, CRAM-MD5 (RFC 2195) and DIGEST-MD5
 * (RFC 2831), the last two for old servers only.
 *
 * <p>A server that must prove itself and reports success without having done so ends in
 * {@link org.merpati.lib.sasl.client.ClientStep.Abort}, never in success.
 */
@NullMarked
package org.merpati.lib.sasl.client;

import org.jspecify.annotations.NullMarked;

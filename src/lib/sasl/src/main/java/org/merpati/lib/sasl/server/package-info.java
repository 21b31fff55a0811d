/**
 * The server's side of SASL: {@link org.merpati.lib.sasl.server.SaslServer} knows the mechanisms, and an exchange is a chain
 * of {@link org.merpati.lib.sasl.server.ServerStep}s that the caller walks: it sends challenges, asks its directory, and ends
 * with an identity or a refusal. PLAIN (RFC 4616), LOGIN, SCRAM (RFC 5802, RFC 7677), OAUTHBEARER (RFC 7628), XOAUTH2.
 *
 * <p>A step holds no mutable state: each is good for one answer, and nothing needs cleaning up when an exchange is dropped.
 */
@NullMarked
package org.merpati.lib.sasl.server;

import org.jspecify.annotations.NullMarked;

package org.merpati.lib.sasl.client;

/**
 * The server as the client knows it.
 *
 * @param name of the protocol as registered for SASL: {@code smtp}, {@code imap}, {@code sieve}
 */
public record Service(String name, String host, int port) {}

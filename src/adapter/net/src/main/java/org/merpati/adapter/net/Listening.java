package org.merpati.adapter.net;

import org.merpati.core.api.config.ListenerProtocol;

/**
 * One bound listener, for people and tools.
 *
 * @param address as bound, several separated by commas
 * @param port as bound, never 0
 * @param tls {@code none}, {@code starttls} or {@code implicit}
 */
public record Listening(String name, ListenerProtocol protocol, String address, int port, String tls) {}

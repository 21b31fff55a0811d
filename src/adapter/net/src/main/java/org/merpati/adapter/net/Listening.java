package org.merpati.adapter.net;

/**
 * One bound listener, for people and tools.
 *
 * @param address as bound, several separated by commas
 * @param port as bound, never 0
 * @param tls {@code none} or {@code implicit}
 */
public record Listening(String name, String address, int port, String tls) {}

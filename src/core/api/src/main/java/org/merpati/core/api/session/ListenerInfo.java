package org.merpati.core.api.session;

/**
 * An open listener, for people.
 *
 * @param name as in the settings: smtp, imap, imaps, http, https
 * @param address it is bound to
 * @param port it really listens on, also where the setting says 0
 * @param tls none, starttls or implicit
 */
public record ListenerInfo(String name, String address, int port, String tls) {}

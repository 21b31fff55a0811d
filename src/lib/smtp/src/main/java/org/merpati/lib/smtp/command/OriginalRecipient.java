package org.merpati.lib.smtp.command;

/**
 * Whom the sender named at first: ORCPT. RFC 3461 §4.2.
 *
 * @param type of address, {@code rfc822} or {@code utf-8} (RFC 6533 §3)
 * @param address as the client wrote it, xtext decoded
 */
public record OriginalRecipient(String type, String address) {}

package org.merpati.lib.smtp.command;

/** What a message's octets are (RFC 6152 §3, RFC 3030 §3). */
public enum BodyType {
    SEVEN_BIT,
    EIGHT_BIT_MIME,
    /** Any octets, lines or not; such a message comes by BDAT alone. */
    BINARY_MIME
}

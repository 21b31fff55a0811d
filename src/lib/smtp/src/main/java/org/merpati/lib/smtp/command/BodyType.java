package org.merpati.lib.smtp.command;

/** What a message's octets are (RFC 6152 §3). */
public enum BodyType {
    SEVEN_BIT,
    EIGHT_BIT_MIME
}

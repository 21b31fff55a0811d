package org.merpati.lib.mime.write;

/** What the way that a message goes can carry (RFC 2045 §2.7 to §2.9), the least first. */
public enum Transport {
    /** ASCII in lines of at most 998 octets: every mail server there is. */
    SEVEN_BIT("7bit"),
    /** Any octets but NUL, in such lines: 8BITMIME (RFC 6152). */
    EIGHT_BIT("8bit"),
    /** Any octets: BINARYMIME (RFC 3030), files, APPEND of literal8. */
    BINARY("binary");

    private final String encoding;

    Transport(String encoding) {
        this.encoding = encoding;
    }

    /** As Content-Transfer-Encoding calls content that is not encoded and needs this. */
    public String encoding() {
        return encoding;
    }

    Transport atLeast(Transport other) {
        return compareTo(other) < 0 ? other : this;
    }
}

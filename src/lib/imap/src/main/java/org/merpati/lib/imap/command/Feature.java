package org.merpati.lib.imap.command;

import java.util.Arrays;
import java.util.Optional;

/** What a client can switch on for its session, because without it the client would misread answers (RFC 5161). */
public enum Feature {
    /** RFC 9051 §6.3.1. */
    IMAP4REV2("IMAP4rev2"),
    /** RFC 7162 §3.1; many commands switch it on too. */
    CONDSTORE("CONDSTORE"),
    /** RFC 7162 §3.2; CONDSTORE with it. */
    QRESYNC("QRESYNC"),
    /** RFC 6855 §3. */
    UTF8_ACCEPT("UTF8=ACCEPT"),
    /** RFC 9586 §3. */
    UIDONLY("UIDONLY");

    private final String token;

    Feature(String token) {
        this.token = token;
    }

    /** As it stands on the wire. */
    public String token() {
        return token;
    }

    static Optional<Feature> of(String token) {
        return Arrays.stream(values())
                .filter(feature -> feature.token.equalsIgnoreCase(token))
                .findFirst();
    }
}

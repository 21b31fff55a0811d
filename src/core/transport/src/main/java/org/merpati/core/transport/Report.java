package org.merpati.core.transport;

import java.util.Optional;

/**
 * What MAIL said of reports (RFC 3461 §4.3, §4.4).
 *
 * @param ret empty: not said
 * @param envelopeId ENVID, out of its xtext
 */
public record Report(Optional<Ret> ret, Optional<String> envelopeId) {
    public static final Report USUAL = new Report(Optional.empty(), Optional.empty());

    /** How much of the message comes back. */
    public enum Ret {
        FULL,
        HDRS
    }
}

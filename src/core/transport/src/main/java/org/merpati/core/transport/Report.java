package org.merpati.core.transport;

import java.util.Optional;
import org.merpati.lib.smtp.command.ReturnContent;

/**
 * What MAIL said of reports (RFC 3461 §4.3, §4.4).
 *
 * @param ret empty: not said
 * @param envelopeId ENVID, out of its xtext
 */
public record Report(Optional<ReturnContent> ret, Optional<String> envelopeId) {
    public static final Report USUAL = new Report(Optional.empty(), Optional.empty());
}

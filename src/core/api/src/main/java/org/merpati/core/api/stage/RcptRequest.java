package org.merpati.core.api.stage;

/**
 * What RCPT asks for.
 *
 * @param mail of the transaction, its sender as rewritten
 * @param recipient without angle brackets; {@code postmaster} alone where the client gave no domain
 * @param before recipients of this transaction that have been taken
 */
public record RcptRequest(MailRequest mail, String recipient, int before) {
    /** The same for another recipient. */
    public RcptRequest to(String other) {
        return new RcptRequest(mail, other, before);
    }
}

package org.merpati.lib.smtp;

/** A command line that is not right. Knows the reply that says so. */
public final class SmtpSyntaxException extends RuntimeException {
    /** What is wrong, by the reply it earns (RFC 5321 §4.2.4, §4.3.2; RFC 3463 §3). */
    public enum Fault {
        LINE_TOO_LONG(500, "5.5.2"),
        LINE_END(500, "5.5.2"),
        UNRECOGNISED(500, "5.5.2"),
        CHARACTER(501, "5.5.2"),
        ARGUMENT(501, "5.5.4"),
        SENDER(501, "5.1.7"),
        RECIPIENT(501, "5.1.3"),
        /** RFC 6531 §3.5 */
        NOT_ASCII(553, "5.6.7"),
        /** BDAT of a size that nobody knows: what follows can't be told from commands (RFC 3030 §2). */
        CHUNK(501, "5.5.4"),
        PARAMETER(555, "5.5.4");

        private final int code;
        private final String enhanced;

        Fault(int code, String enhanced) {
            this.code = code;
            this.enhanced = enhanced;
        }
    }

    private final Fault fault;
    private final String text;

    /** @param text for the client; printable ASCII, made by us */
    public SmtpSyntaxException(Fault fault, String text) {
        super(fault + ": " + text, null, false, false);
        this.fault = fault;
        this.text = text;
    }

    public Fault fault() {
        return fault;
    }

    public SmtpReply reply() {
        return SmtpReply.of(fault.code, fault.enhanced, text);
    }
}

package org.merpati.lib.mime;

/**
 * Something in a message that its standards forbid, or that a limit cut short, and that was read as best it could be.
 *
 * @param offset where in the message it was noticed
 */
public record Defect(Kind kind, long offset) {
    public enum Kind {
        /** Lines end with LF alone (RFC 5322 §2.3). Said once. */
        BARE_LF("lines end with LF alone"),
        /** Lines end with CR alone (RFC 5322 §2.3). Said once. */
        BARE_CR("lines end with CR alone"),
        /** A line is neither a field nor a continuation, and no field comes after it: the body begins (RFC 5322 §2.2). */
        MISSING_BLANK_LINE("no empty line between header and body"),
        /** A line is neither a field nor a continuation, but fields come after it; passed over (RFC 5322 §2.2). */
        LINE_WITHOUT_COLON("a line of the header is no field"),
        /** The message or part ends within its header (RFC 5322 §2.1). */
        HEADER_CUT_OFF("ends within its header"),
        /** The header begins with white space (RFC 5322 §2.2.3). */
        LEADING_CONTINUATION("header begins with a continuation line"),
        /** A "From " line of a mailbox file stands in the header (RFC 4155). */
        FROM_LINE("a mailbox file's From line stands in the header"),
        /** A multipart without a boundary parameter; it is read as a leaf (RFC 2046 §5.1.1). */
        MISSING_BOUNDARY("multipart without a boundary"),
        /** A multipart's boundary stands nowhere; it is read as a leaf (RFC 2046 §5.1.1). */
        BOUNDARY_NOT_FOUND("the multipart's boundary is nowhere"),
        /** A multipart ends without its close delimiter (RFC 2046 §5.1.1). */
        MISSING_CLOSE_DELIMITER("multipart without its closing boundary"),
        /** A multipart or message says that it is base64 or quoted-printable (RFC 2045 §6.4). */
        ENCODED_COMPOSITE("a multipart or message with a transfer encoding"),
        /** A transfer encoding nobody knows (RFC 2045 §6.3); the octets are left as they are. */
        UNKNOWN_ENCODING("unknown transfer encoding"),
        /** The header is larger, or has more fields, than {@link Limits} allows. */
        HEADER_TOO_LARGE("header too large: the rest of its fields are passed over"),
        /** There are more parts than {@link Limits} allows. */
        TOO_MANY_PARTS("too many parts: the rest belongs to the last one"),
        /** Parts stand deeper in parts than {@link Limits} allows. */
        TOO_DEEP("parts nested too deep: read as one");

        private final String sentence;

        Kind(String sentence) {
            this.sentence = sentence;
        }

        /** For a person. */
        public String sentence() {
            return sentence;
        }
    }
}

package org.merpati.lib.mime.field;

/**
 * A media type (RFC 2045 §5.1), type and subtype in lower case. A field that has no type and subtype is read as
 * {@code text/plain}, as RFC 2045 §5.2 asks.
 */
public record ContentType(String type, String subtype, Parameters parameters) {
    public static final ContentType TEXT_PLAIN = new ContentType("text", "plain", Parameters.NONE);
    public static final ContentType MESSAGE = new ContentType("message", "rfc822", Parameters.NONE);

    public boolean is(String type, String subtype) {
        return this.type.equals(type) && this.subtype.equals(subtype);
    }

    /** Both parts, as {@code text/plain}. */
    public String mediaType() {
        return type + '/' + subtype;
    }
}

package org.merpati.lib.mime.field;

/**
 * A media type (RFC 2045 §5.1), type and subtype in lower case. A field that has no type and subtype is read as
 * {@code text/plain}, as RFC 2045 §5.2 asks.
 */
public record ContentType(String type, String subtype, Parameters parameters) {
    public static final ContentType TEXT_PLAIN = new ContentType("text", "plain", Parameters.NONE);
    public static final ContentType MESSAGE = new ContentType("message", "rfc822", Parameters.NONE);

    /** Reads the field; the parameters are read also where the type is none. */
    public static ContentType parse(String body) {
        var text = Folding.remove(body);
        int end = LeadingWord.end(text);
        var media = LeadingWord.compact(text, end);
        var parameters = new ParameterParser(text, end).parse();
        int slash = media.indexOf('/');
        if (slash <= 0 || slash == media.length() - 1) {
            return new ContentType(TEXT_PLAIN.type, TEXT_PLAIN.subtype, parameters);
        }
        return new ContentType(media.substring(0, slash), media.substring(slash + 1), parameters);
    }

    public boolean is(String type, String subtype) {
        return this.type.equals(type) && this.subtype.equals(subtype);
    }

    /** Both parts, as {@code text/plain}. */
    public String mediaType() {
        return type + '/' + subtype;
    }
}

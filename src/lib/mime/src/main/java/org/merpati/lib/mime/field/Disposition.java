package org.merpati.lib.mime.field;

/** Content-Disposition (RFC 2183): {@code inline}, {@code attachment} or another kind, in lower case. */
public record Disposition(String kind, Parameters parameters) {
    /** Reads the field; a kind that is missing is {@code attachment}, as RFC 2183 §2.8 says of unknown ones. */
    public static Disposition parse(String body) {
        var text = Folding.remove(body);
        int end = LeadingWord.end(text);
        var kind = LeadingWord.compact(text, end);
        int slash = kind.indexOf('/'); // a type has no place here
        kind = slash < 0 ? kind : kind.substring(0, slash);
        return new Disposition(kind.isEmpty() ? "attachment" : kind, new ParameterParser(text, end).parse());
    }
}

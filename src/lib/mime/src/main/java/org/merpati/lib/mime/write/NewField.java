package org.merpati.lib.mime.write;

/** A header field to be written. The name is checked (RFC 5322 §2.2): printable ASCII without a colon. */
public record NewField(String name, HeaderValue value) {
    public NewField {
        Characters.requireFieldName(name);
    }

    boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }
}

package org.merpati.lib.mime;

/**
 * One header field by its place in the bytes of {@link Header}.
 *
 * @param name as it stands there
 * @param start of the field's name
 * @param bodyStart just after the colon
 * @param end after the field's last line end
 */
public record HeaderField(String name, int start, int bodyStart, int end) {
    public boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }
}

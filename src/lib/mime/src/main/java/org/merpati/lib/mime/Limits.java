package org.merpati.lib.mime;

/**
 * What one message may cost. Beyond a limit reading goes on without the excess and a {@link Defect} says so: nothing is
 * refused, nothing of the octets is lost.
 *
 * @param headerSize octets of all headers of the message in which fields are located
 * @param headerFields located in one header
 * @param parts of the whole message; what follows belongs to the last one
 * @param depth of parts in parts; a multipart or message below is a leaf
 */
public record Limits(int headerSize, int headerFields, int parts, int depth) {
    public static final Limits DEFAULT = new Limits(4 << 20, 20_000, 10_000, 100);

    public Limits {
        if (headerSize < 1 || headerFields < 1 || parts < 1 || depth < 0) {
            throw new IllegalArgumentException("limits of a message must be positive");
        }
    }
}

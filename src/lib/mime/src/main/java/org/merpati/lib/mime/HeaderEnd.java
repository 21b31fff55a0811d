package org.merpati.lib.mime;

/**
 * Finds where a header ends in bytes that come in blocks, by the rule of {@link Header}: after the first empty line, ended by
 * CRLF or LF. For one message, one thread.
 */
public final class HeaderEnd {
    private enum Line {
        EMPTY,
        ONLY_CR,
        FILLED
    }

    private Line line = Line.EMPTY;
    private long passed;
    private boolean found;

    /** Whether the empty line has come. */
    public boolean found() {
        return found;
    }

    /** Octets up to and with the empty line; as long as it has not come, all octets so far. */
    public long size() {
        return passed;
    }

    /** Looks at the next octets; those after the header's end are passed over. */
    public void next(byte[] bytes, int from, int length) {
        int at = from;
        int end = from + length;
        while (at < end && !found) {
            if (line == Line.FILLED) {
                while (at < end && bytes[at] != '\n') {
                    at++;
                }
                if (at < end) {
                    at++;
                    line = Line.EMPTY;
                }
            } else {
                byte octet = bytes[at++];
                found = octet == '\n';
                line = octet == '\r' && line == Line.EMPTY ? Line.ONLY_CR : Line.FILLED;
            }
        }
        passed += at - from;
    }
}

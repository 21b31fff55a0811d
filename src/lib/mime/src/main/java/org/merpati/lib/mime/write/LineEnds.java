package org.merpati.lib.mime.write;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Line ends in the canonical form that text has in mail, CRLF (RFC 2046 §4.1.1): from LF, CR and CRLF. */
final class LineEnds {
    private LineEnds() {}

    static String canonical(String text) {
        var canonical = new StringBuilder(text.length() + text.length() / 32);
        int copied = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\r' || c == '\n') {
                canonical.append(text, copied, at).append("\r\n");
                at += c == '\r' && text.startsWith("\n", at + 1) ? 1 : 0;
                copied = at + 1;
            }
        }
        return canonical.append(text, copied, text.length()).toString();
    }

    /** The same for a stream of octets, the last line having an end too. */
    static InputStream canonical(InputStream in) {
        return new Canonical(new BufferedInputStream(in, 8192));
    }

    private static final class Canonical extends InputStream {
        private final InputStream in;
        private int before = '\n'; // what the last octet read from in was
        private boolean owed; // a CR was given, its LF not yet

        Canonical(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            if (owed) {
                owed = false;
                return '\n';
            }
            int octet = in.read();
            if (octet == '\n' && before == '\r') {
                octet = in.read(); // this line end is given already
            }
            boolean lineOpen = before != '\r' && before != '\n';
            boolean lineEnds = octet == '\r' || octet == '\n' || (octet < 0 && lineOpen);
            before = octet < 0 ? '\n' : octet;
            owed = lineEnds;
            return lineEnds ? '\r' : octet;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int at = 0;
            for (int octet = 0; at < length; at++) {
                octet = read();
                if (octet < 0) {
                    break;
                }
                into[from + at] = (byte) octet;
            }
            return at == 0 && length > 0 ? -1 : at;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}

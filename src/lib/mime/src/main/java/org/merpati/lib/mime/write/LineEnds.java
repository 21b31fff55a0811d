package org.merpati.lib.mime.write;

import java.io.InputStream;
import org.merpati.lib.mime.bytes.ConvertingInputStream;

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
        return new Canonical(in);
    }

    private static final class Canonical extends ConvertingInputStream {
        private byte before = '\n';

        Canonical(InputStream in) {
            super(in, 2, 2);
        }

        @Override
        protected int convert(byte[] from, int length, byte[] to) {
            int put = 0;
            for (int i = 0; i < length; i++) {
                byte octet = from[i];
                if (octet != '\r' && octet != '\n') {
                    to[put++] = octet;
                } else if (octet == '\r' || before != '\r') {
                    put = lineEnd(to, put);
                }
                before = octet;
            }
            return put;
        }

        @Override
        protected int finish(byte[] to) {
            return before == '\r' || before == '\n' ? 0 : lineEnd(to, 0);
        }

        private static int lineEnd(byte[] to, int at) {
            to[at] = '\r';
            to[at + 1] = '\n';
            return at + 2;
        }
    }
}

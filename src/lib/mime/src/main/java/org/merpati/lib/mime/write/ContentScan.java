package org.merpati.lib.mime.write;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.merpati.lib.mime.transfer.Base64Encoder;
import org.merpati.lib.mime.transfer.QuotedPrintableEncoder;

/** What one pass over a content tells about how it may travel. */
final class ContentScan {
    private static final int LONGEST_LINE = 998; // RFC 5322 §2.1.1

    private long size;
    private long quotedPrintable;
    private boolean ascii = true;
    private boolean clean = true; // no NUL, and CR and LF only as line ends
    private long line;
    private long longestLine;
    private int last = -1;

    private ContentScan() {}

    /** @param text whether its line ends may stay line ends when it is encoded */
    static ContentScan of(InputStream in, boolean text) throws IOException {
        var scan = new ContentScan();
        QuotedPrintableEncoder.encode(scan.new Watched(in), scan.new Counter(), text);
        scan.clean &= scan.last != '\r';
        return scan;
    }

    long size() {
        return size;
    }

    /** The least that carries it without an encoding. */
    Transport needs() {
        if (!clean || Math.max(longestLine, line) > LONGEST_LINE) {
            return Transport.BINARY;
        }
        return ascii ? Transport.SEVEN_BIT : Transport.EIGHT_BIT;
    }

    boolean endsWithLineEnd() {
        return last == '\n' && line == 0; // with CRLF
    }

    /** Which of the two is shorter; where they are the same, the one that people can read. */
    boolean quotedPrintableIsShorter() {
        return quotedPrintable <= Base64Encoder.encodedSize(size);
    }

    private void look(byte[] octets, int from, int length) {
        size += length;
        for (int at = from; at < from + length; at++) {
            int octet = octets[at];
            if (octet == '\n' && last == '\r') {
                longestLine = Math.max(longestLine, line - 1);
                line = 0;
            } else {
                clean &= octet != 0 && octet != '\n' && last != '\r';
                ascii &= octet >= 0;
                line++;
            }
            last = octet;
        }
    }

    private final class Watched extends InputStream {
        private final InputStream in;

        Watched(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = in.read(into, from, length);
            if (read > 0) {
                look(into, from, read);
            }
            return read;
        }
    }

    private final class Counter extends OutputStream {
        @Override
        public void write(int octet) {
            quotedPrintable++;
        }

        @Override
        public void write(byte[] octets, int from, int length) {
            quotedPrintable += length;
        }
    }
}

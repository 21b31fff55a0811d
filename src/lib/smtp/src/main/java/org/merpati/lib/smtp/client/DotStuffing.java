package org.merpati.lib.smtp.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Message data on its way out: dots doubled at the start of lines, and the end (RFC 5321 §4.5.2, §4.1.1.4). */
final class DotStuffing {
    private static final int BLOCK = 16_384;
    private static final byte[] END = {'\r', '\n', '.', '\r', '\n'};

    private DotStuffing() {}

    /** Sends all of {@code content} and the end of data. A last line without CRLF gets it; bare CR and LF stay as they are. */
    static void send(InputStream content, OutputStream out) throws IOException {
        var block = new byte[BLOCK];
        byte before = '\r'; // the last two octets sent: CRLF, as DATA's own line ended
        byte last = '\n';
        for (int length = content.read(block); length >= 0; length = content.read(block)) {
            int from = 0;
            for (int i = 0; i < length; i++) {
                byte octet = block[i];
                if (octet == '.' && last == '\n' && before == '\r') {
                    out.write(block, from, i - from);
                    out.write('.');
                    from = i;
                }
                before = last;
                last = octet;
            }
            out.write(block, from, length - from);
        }
        boolean lineEnded = last == '\n' && before == '\r';
        int from = lineEnded ? 2 : 0;
        out.write(END, from, END.length - from);
        out.flush();
    }
}

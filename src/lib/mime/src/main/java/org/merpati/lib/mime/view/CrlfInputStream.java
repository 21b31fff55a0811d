package org.merpati.lib.mime.view;

import java.io.InputStream;
import org.merpati.lib.mime.bytes.ConvertingInputStream;

/** Text whose lines end with CRLF, also where they ended with LF alone. Closing it closes the other stream. */
final class CrlfInputStream extends ConvertingInputStream {
    private boolean afterCr;

    CrlfInputStream(InputStream in) {
        super(in, 2, 0);
    }

    @Override
    protected int convert(byte[] from, int length, byte[] to) {
        int put = 0;
        for (int i = 0; i < length; i++) {
            if (from[i] == '\n' && !afterCr) {
                to[put++] = '\r';
            }
            afterCr = from[i] == '\r';
            to[put++] = from[i];
        }
        return put;
    }
}

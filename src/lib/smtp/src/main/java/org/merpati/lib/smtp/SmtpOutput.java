package org.merpati.lib.smtp;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes replies. For one thread. What is written goes out with {@link #flush}, several replies in one block. */
public final class SmtpOutput {
    private static final int BUFFER = 2_048;

    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private int end;

    public SmtpOutput(OutputStream out) {
        this.out = out;
    }

    public void write(SmtpReply reply) throws IOException {
        for (var line : reply.wireLines()) {
            var octets = line.getBytes(StandardCharsets.US_ASCII);
            if (end + octets.length + 2 > BUFFER) { // one line is 512 at most
                flush();
            }
            System.arraycopy(octets, 0, buffer, end, octets.length);
            end += octets.length;
            buffer[end++] = '\r';
            buffer[end++] = '\n';
        }
    }

    /**
     * Writes a challenge of SASL: 334, which may be longer than any other line (RFC 4954 §4).
     *
     * @param base64 may be empty
     */
    public void challenge(String base64) throws IOException {
        flush();
        out.write(("334 " + base64 + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Sends what has been written; nothing happens when there is nothing. */
    public void flush() throws IOException {
        if (end > 0) {
            int length = end;
            end = 0;
            out.write(buffer, 0, length);
            out.flush();
        }
    }
}

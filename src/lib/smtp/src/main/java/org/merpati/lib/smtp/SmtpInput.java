package org.merpati.lib.smtp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.merpati.lib.smtp.SmtpSyntaxException.Fault;

/**
 * What comes in over a connection: lines, and between them message data, which {@link DataReader} takes from the same
 * buffer. For one thread. Reads the stream in blocks, and only when the buffer holds no whole line.
 */
public final class SmtpInput {
    /** The longest line taken, CRLF included: what a step of AUTH may be (RFC 4954 §4). Other commands are shorter. */
    public static final int LONGEST_LINE = 12_288 + 2;

    /** What is said of any other command's. */
    public static final String TOO_LONG = "Line too long: at most 2048 octets";

    private static final int BUFFER = 16_384;

    private final InputStream in;
    final byte[] buffer = new byte[BUFFER];
    int at;
    int end;

    public SmtpInput(InputStream in) {
        this.in = in;
    }

    /** Whether there is input that has been read and not been used: more commands of a pipelined group. */
    public boolean buffered() {
        return at < end;
    }

    /**
     * The next line without its CRLF, one char per octet.
     *
     * @throws SmtpSyntaxException for a line that is too long or ends with LF alone; it has been swallowed, and the next
     *     call gives the line after it
     * @throws EOFException when the peer sends no more
     */
    public String line() throws IOException {
        boolean tooLong = false;
        int scanned = 0; // of the octets from at on: no octet is looked at twice, however slowly they come
        while (true) {
            int newline = newline(at + scanned);
            if (newline >= 0) {
                int start = at;
                at = newline + 1;
                if (tooLong || at - start > LONGEST_LINE) {
                    throw new SmtpSyntaxException(Fault.LINE_TOO_LONG, TOO_LONG);
                }
                if (newline == start || buffer[newline - 1] != '\r') {
                    throw new SmtpSyntaxException(Fault.LINE_END, "A line ends with CRLF, not with LF alone");
                }
                return new String(buffer, start, newline - 1 - start, StandardCharsets.ISO_8859_1);
            }
            if (end - at > LONGEST_LINE) {
                tooLong = true;
                at = end;
            }
            scanned = end - at;
            fill();
        }
    }

    /**
     * Passes on octets as they come, at most so many as are wanted, at least one.
     *
     * @throws EOFException when the peer sends no more
     */
    int octets(byte[] into, int wanted) throws IOException {
        if (at == end) {
            fill();
        }
        int count = Math.min(Math.min(wanted, into.length), end - at);
        System.arraycopy(buffer, at, into, 0, count);
        at += count;
        return count;
    }

    /** Reads at least one more octet behind those not used yet, of which there are fewer than the buffer holds. */
    void fill() throws IOException {
        if (at == end) {
            at = 0;
            end = 0;
        } else if (end == buffer.length) {
            System.arraycopy(buffer, at, buffer, 0, end - at);
            end -= at;
            at = 0;
        }
        int count = in.read(buffer, end, buffer.length - end);
        if (count < 0) {
            throw new EOFException("the peer sends no more");
        }
        end += count;
    }

    private int newline(int from) {
        for (int i = from; i < end; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}

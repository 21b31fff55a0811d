package org.merpati.lib.mime.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Writes octets as quoted-printable (RFC 2045 §6.7).
 *
 * <p>Beyond what the RFC asks, {@code From } and a dot at the beginning of an encoded line are encoded, so that neither mbox files
 * nor careless SMTP programs change them.
 */
public final class QuotedPrintableEncoder {
    private static final int LINE = 76;
    private static final int LOOK_AHEAD = 5;
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};

    private final InputStream in;
    private final OutputStream out;
    private final boolean text;
    private final byte[] input = new byte[8192];
    private final byte[] line = new byte[LINE + 2];
    private int at;
    private int end;
    private boolean ended;
    private int column;

    private QuotedPrintableEncoder(InputStream in, OutputStream out, boolean text) {
        this.in = in;
        this.out = out;
        this.text = text;
    }

    /**
     * Encodes all that {@code in} gives.
     *
     * @param text whether CRLF is a line end and stays one; in binary content it is two octets like others. A CR or LF alone is
     *     encoded in both.
     */
    public static void encode(InputStream in, OutputStream out, boolean text) throws IOException {
        new QuotedPrintableEncoder(in, out, text).run();
    }

    private void run() throws IOException {
        while (available()) {
            byte octet = input[at];
            if (text && lineEndsAt(at)) {
                at += 2;
                endLine();
            } else {
                boolean last = (text && lineEndsAt(at + 1)) || (ended && at + 1 == end);
                boolean literal = isLiteral(octet, last);
                int width = literal ? 1 : 3;
                if (column + width > (last ? LINE : LINE - 1)) {
                    line[column++] = '=';
                    endLine();
                    literal = isLiteral(octet, last); // a line's beginning has its own rules
                }
                put(octet, literal);
                at++;
            }
        }
        out.write(line, 0, column);
    }

    /** Whether there is another octet, and with it those that decide how it is written. */
    private boolean available() throws IOException {
        if (end - at < LOOK_AHEAD && !ended) {
            System.arraycopy(input, at, input, 0, end - at);
            end -= at;
            at = 0;
            int read = in.readNBytes(input, end, input.length - end);
            ended = read < input.length - end;
            end += read;
        }
        return at < end;
    }

    private boolean lineEndsAt(int index) {
        return index + 1 < end && input[index] == '\r' && input[index + 1] == '\n';
    }

    private boolean isLiteral(byte octet, boolean last) {
        if (column == 0 && (octet == '.' || (octet == 'F' && startsWithFrom()))) {
            return false;
        }
        return (octet > ' ' && octet < 0x7f && octet != '=') || ((octet == ' ' || octet == '\t') && !last);
    }

    private boolean startsWithFrom() {
        return at + 4 < end
                && input[at + 1] == 'r'
                && input[at + 2] == 'o'
                && input[at + 3] == 'm'
                && input[at + 4] == ' ';
    }

    private void put(byte octet, boolean literal) {
        if (literal) {
            line[column++] = octet;
        } else {
            line[column++] = '=';
            line[column++] = HEX[(octet >> 4) & 15];
            line[column++] = HEX[octet & 15];
        }
    }

    private void endLine() throws IOException {
        line[column++] = '\r';
        line[column++] = '\n';
        out.write(line, 0, column);
        column = 0;
    }
}

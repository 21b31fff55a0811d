package org.merpati.lib.mime.transfer;

import org.merpati.lib.mime.bytes.Scan;

/**
 * Quoted-printable (RFC 2045 §6.7). An equals sign that begins neither an octet nor a soft line break stays as it is.
 *
 * <p>Departs from RFC 2045 §6.7 (3), by which white space at the end of a line goes: transports that pad lines are gone, while
 * many writers leave the space that ends a line of format=flowed (RFC 3676 §4.1) as it is.
 */
public final class QuotedPrintableDecoder implements TransferDecoder {
    /** White space between an equals sign and the line end that makes it a soft line break. */
    static final int MOST_BLANKS = 100;

    private enum State {
        TEXT,
        /** After an equals sign. */
        EQUALS,
        /** After an equals sign and white space. */
        EQUALS_BLANKS,
        /** After an equals sign and one hexadecimal digit. */
        ONE_DIGIT,
        /** After a soft line break's CR. */
        SOFT_CR
    }

    private final byte[] blanks = new byte[MOST_BLANKS];
    private int held;
    private State state = State.TEXT;
    private byte digit;

    @Override
    public int decode(byte[] in, int from, int to, byte[] out, int at) {
        int put = at;
        int next = from;
        while (next < to) {
            byte octet = in[next];
            switch (state) {
                case TEXT -> {
                    int equals = octet == '=' ? next : Scan.indexOf(in, next, to, '=');
                    int end = equals < 0 ? to : equals;
                    System.arraycopy(in, next, out, put, end - next);
                    put += end - next;
                    next = end;
                    if (next + 2 < to && hex(in[next + 1]) >= 0 && hex(in[next + 2]) >= 0) {
                        out[put++] = (byte) (hex(in[next + 1]) << 4 | hex(in[next + 2]));
                        next += 3;
                    } else if (equals >= 0) {
                        next++;
                        state = State.EQUALS;
                    }
                }
                case EQUALS -> {
                    if (hex(octet) >= 0) {
                        digit = octet;
                        state = State.ONE_DIGIT;
                        next++;
                    } else if (octet == ' ' || octet == '\t') {
                        state = State.EQUALS_BLANKS;
                    } else if (octet == '\r' || octet == '\n') {
                        state = octet == '\r' ? State.SOFT_CR : State.TEXT;
                        next++;
                    } else {
                        put = giveUp(out, put);
                    }
                }
                case EQUALS_BLANKS -> {
                    if ((octet == ' ' || octet == '\t') && held < MOST_BLANKS) {
                        blanks[held++] = octet;
                        next++;
                    } else if (octet == '\r' || octet == '\n') {
                        held = 0;
                        state = octet == '\r' ? State.SOFT_CR : State.TEXT;
                        next++;
                    } else {
                        put = giveUp(out, put);
                    }
                }
                case ONE_DIGIT -> {
                    if (hex(octet) >= 0) {
                        out[put++] = (byte) (hex(digit) << 4 | hex(octet));
                        state = State.TEXT;
                        next++;
                    } else {
                        put = giveUp(out, put);
                    }
                }
                case SOFT_CR -> {
                    next += octet == '\n' ? 1 : 0;
                    state = State.TEXT;
                }
            }
        }
        return put;
    }

    @Override
    public int finish(byte[] out, int at) {
        // a soft line break without its line end is one all the same
        int put = state == State.ONE_DIGIT ? giveUp(out, at) : at;
        state = State.TEXT;
        held = 0;
        return put;
    }

    /** What came after an equals sign means nothing: all of it stays as it is. */
    private int giveUp(byte[] out, int at) {
        int put = at;
        out[put++] = '=';
        if (state == State.ONE_DIGIT) {
            out[put++] = digit;
        }
        System.arraycopy(blanks, 0, out, put, held);
        put += held;
        held = 0;
        state = State.TEXT;
        return put;
    }

    private static int hex(byte octet) {
        if (octet >= '0' && octet <= '9') {
            return octet - '0';
        }
        int letter = octet | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }
}

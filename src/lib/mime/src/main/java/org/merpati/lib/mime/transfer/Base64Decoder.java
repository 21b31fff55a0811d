package org.merpati.lib.mime.transfer;

import java.util.Arrays;

/**
 * Base64 (RFC 2045 §6.8). Octets that are not of its alphabet are passed over; the first complete padding ends the data, so
 * that a footer some list added in plain text is not taken for data; missing padding is done without.
 */
public final class Base64Decoder implements TransferDecoder {
    private static final byte NONE = -1;
    private static final byte[] VALUES = values();

    private int bits;
    private int held;
    private int padding;
    private boolean ended;

    @Override
    public int decode(byte[] in, int from, int to, byte[] out, int at) {
        int next = from;
        int put = at;
        while (next < to && !ended) {
            if (held == 0 && padding == 0) {
                // four at a time, as long as all are of the alphabet
                while (next + 4 <= to) {
                    int four = VALUES[in[next] & 0xff] << 18
                            | VALUES[in[next + 1] & 0xff] << 12
                            | VALUES[in[next + 2] & 0xff] << 6
                            | VALUES[in[next + 3] & 0xff];
                    if (four < 0) {
                        break;
                    }
                    out[put] = (byte) (four >> 16);
                    out[put + 1] = (byte) (four >> 8);
                    out[put + 2] = (byte) four;
                    put += 3;
                    next += 4;
                }
                if (next == to) {
                    break;
                }
            }
            int octet = in[next++] & 0xff;
            int value = VALUES[octet];
            if (value >= 0) {
                padding = 0;
                bits = bits << 6 | value;
                if (++held == 4) {
                    out[put++] = (byte) (bits >> 16);
                    out[put++] = (byte) (bits >> 8);
                    out[put++] = (byte) bits;
                    held = 0;
                }
            } else if (octet == '=' && held >= 2 && held + ++padding >= 4) {
                put = finish(out, put);
                ended = true;
            }
        }
        return put;
    }

    @Override
    public int finish(byte[] out, int at) {
        int put = at;
        if (held >= 2) {
            int whole = bits << ((4 - held) * 6);
            out[put++] = (byte) (whole >> 16);
            if (held == 3) {
                out[put++] = (byte) (whole >> 8);
            }
        }
        held = 0;
        return put;
    }

    private static byte[] values() {
        var values = new byte[256];
        Arrays.fill(values, NONE);
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        return values;
    }
}

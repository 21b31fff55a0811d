package org.merpati.lib.mime.charset;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.util.Arrays;

/**
 * UTF-7 (RFC 2152): ASCII, and between {@code +} and {@code -} UTF-16 in base64. Reads leniently: a plus that begins no
 * base64 is a plus, bits left over go, half a surrogate pair is U+FFFD. Writes only the characters of set D as they are,
 * so that the text can stand in a header.
 */
public final class Utf7 extends Charset {
    public static final Utf7 CHARSET = new Utf7();

    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final byte[] SEXTETS = new byte[128];

    static {
        Arrays.fill(SEXTETS, (byte) -1);
        for (int i = 0; i < BASE64.length(); i++) {
            SEXTETS[BASE64.charAt(i)] = (byte) i;
        }
    }

    private Utf7() {
        super("UTF-7", new String[] {"unicode-1-1-utf-7", "csUnicode11UTF7"});
    }

    @Override
    public boolean contains(Charset other) {
        return true;
    }

    @Override
    public CharsetDecoder newDecoder() {
        return new Decoder(this);
    }

    @Override
    public CharsetEncoder newEncoder() {
        return new Encoder(this);
    }

    /** Each octet gives three characters at most: what was open, a plus that was none, and itself. */
    private static final class Decoder extends CharsetDecoder {
        private static final int MOST = 3;

        private boolean shifted;
        private boolean empty;
        private int bits;
        private int held;
        private char high;

        Decoder(Charset charset) {
            super(charset, 1, MOST);
        }

        @Override
        protected void implReset() {
            shifted = false;
            empty = false;
            bits = 0;
            held = 0;
            high = 0;
        }

        @Override
        protected CoderResult decodeLoop(ByteBuffer in, CharBuffer out) {
            while (in.hasRemaining()) {
                if (out.remaining() < MOST) {
                    return CoderResult.OVERFLOW;
                }
                int octet = in.get();
                if (octet < 0) {
                    unshift(out);
                    in.position(in.position() - 1);
                    return CoderResult.malformedForLength(1);
                }
                if (!shifted) {
                    plain(octet, out);
                } else if (SEXTETS[octet] >= 0) {
                    empty = false;
                    sextet(SEXTETS[octet], out);
                } else if (octet == '-') {
                    if (empty) {
                        out.put('+');
                        empty = false;
                    }
                    unshift(out);
                } else {
                    unshift(out);
                    out.put((char) octet);
                }
            }
            return CoderResult.UNDERFLOW;
        }

        @Override
        protected CoderResult implFlush(CharBuffer out) {
            boolean pending = high != 0 || (shifted && empty);
            if (pending && !out.hasRemaining()) {
                return CoderResult.OVERFLOW;
            }
            unshift(out);
            return CoderResult.UNDERFLOW;
        }

        private void plain(int octet, CharBuffer out) {
            if (octet == '+') {
                shifted = true;
                empty = true;
            } else {
                out.put((char) octet);
            }
        }

        private void sextet(int sextet, CharBuffer out) {
            bits = (bits << 6) | sextet;
            held += 6;
            if (held < 16) {
                return;
            }
            held -= 16;
            char unit = (char) (bits >> held);
            bits &= (1 << held) - 1;
            if (high != 0 && Character.isLowSurrogate(unit)) {
                out.put(high).put(unit);
                high = 0;
                return;
            }
            loneHigh(out);
            if (Character.isHighSurrogate(unit)) {
                high = unit;
            } else {
                out.put(Character.isLowSurrogate(unit) ? '\ufffd' : unit);
            }
        }

        private void unshift(CharBuffer out) {
            loneHigh(out);
            if (shifted && empty) {
                out.put('+');
            }
            shifted = false;
            empty = false;
            bits = 0;
            held = 0;
        }

        private void loneHigh(CharBuffer out) {
            if (high != 0) {
                out.put('\ufffd');
                high = 0;
            }
        }
    }

    /** Each character gives five octets at most: the shift, its digits, and the end of the shift. */
    private static final class Encoder extends CharsetEncoder {
        private static final int MOST = 5;

        private boolean shifted;
        private int bits;
        private int held;

        Encoder(Charset charset) {
            super(charset, 3, MOST);
        }

        @Override
        protected void implReset() {
            shifted = false;
            bits = 0;
            held = 0;
        }

        @Override
        protected CoderResult encodeLoop(CharBuffer in, ByteBuffer out) {
            while (in.hasRemaining()) {
                if (out.remaining() < MOST) {
                    return CoderResult.OVERFLOW;
                }
                char c = in.get();
                if (direct(c)) {
                    unshift(out);
                    out.put((byte) c);
                } else if (c == '+' && !shifted) {
                    out.put((byte) '+').put((byte) '-');
                } else {
                    unit(c, out);
                }
            }
            return CoderResult.UNDERFLOW;
        }

        @Override
        protected CoderResult implFlush(ByteBuffer out) {
            if (shifted && out.remaining() < 2) {
                return CoderResult.OVERFLOW;
            }
            unshift(out);
            return CoderResult.UNDERFLOW;
        }

        private void unit(char c, ByteBuffer out) {
            if (!shifted) {
                out.put((byte) '+');
                shifted = true;
            }
            bits = (bits << 16) | c;
            held += 16;
            while (held >= 6) {
                held -= 6;
                out.put((byte) BASE64.charAt((bits >> held) & 0x3f));
            }
            bits &= (1 << held) - 1;
        }

        private void unshift(ByteBuffer out) {
            if (shifted) {
                if (held > 0) {
                    out.put((byte) BASE64.charAt((bits << (6 - held)) & 0x3f));
                }
                out.put((byte) '-');
                implReset();
            }
        }

        /** Set D of RFC 2152 §1 and the spaces of rule 3. */
        private static boolean direct(char c) {
            boolean letterOrDigit = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            return letterOrDigit || (c < 0x80 && "'(),-./:? \t\r\n".indexOf(c) >= 0);
        }
    }
}

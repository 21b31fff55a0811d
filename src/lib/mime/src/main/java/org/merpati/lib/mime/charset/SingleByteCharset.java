package org.merpati.lib.mime.charset;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.util.Arrays;

/** ASCII, the C1 controls and 96 characters: the ISO 8859 parts that the JDK lacks. */
final class SingleByteCharset extends Charset {
    /** Latin-6, the Nordic one. */
    static final Charset ISO_8859_10 = new SingleByteCharset(
            "ISO-8859-10",
            "\u00a0ĄĒĢĪĨĶ§ĻĐŠŦŽ\u00adŪŊ°ąēģīĩķ·ļđšŧž―ūŋĀÁÂÃÄÅÆĮČÉĘËĖÍÎÏÐŅŌÓÔÕÖŨØŲÚÛÜÝÞßāáâãäåæįčéęëėíîïðņōóôõöũøųúûüýþĸ");

    /** Latin-8, the Celtic one. */
    static final Charset ISO_8859_14 = new SingleByteCharset(
            "ISO-8859-14",
            "\u00a0Ḃḃ£ĊċḊ§Ẁ©ẂḋỲ\u00ad®ŸḞḟĠġṀṁ¶ṖẁṗẃṠỳẄẅṡÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏŴÑÒÓÔÕÖṪØÙÚÛÜÝŶßàáâãäåæçèéêëìíîïŵñòóôõöṫøùúûüýŷÿ");

    private static final int UPPER = 0xa0;

    private final String upper;
    private final char[] sorted;
    private final byte[] octets;

    private SingleByteCharset(String name, String upper) {
        super(name, new String[0]);
        this.upper = upper;
        sorted = upper.toCharArray();
        Arrays.sort(sorted);
        octets = new byte[sorted.length];
        for (int i = 0; i < upper.length(); i++) {
            octets[Arrays.binarySearch(sorted, upper.charAt(i))] = (byte) (UPPER + i);
        }
    }

    @Override
    public boolean contains(Charset other) {
        return other.name().equals("US-ASCII") || other.equals(this);
    }

    @Override
    public CharsetDecoder newDecoder() {
        return new CharsetDecoder(this, 1, 1) {
            @Override
            protected CoderResult decodeLoop(ByteBuffer in, CharBuffer out) {
                while (in.hasRemaining()) {
                    if (!out.hasRemaining()) {
                        return CoderResult.OVERFLOW;
                    }
                    int octet = in.get() & 0xff;
                    out.put(octet < UPPER ? (char) octet : upper.charAt(octet - UPPER));
                }
                return CoderResult.UNDERFLOW;
            }
        };
    }

    @Override
    public CharsetEncoder newEncoder() {
        return new CharsetEncoder(this, 1, 1) {
            @Override
            protected CoderResult encodeLoop(CharBuffer in, ByteBuffer out) {
                while (in.hasRemaining()) {
                    if (!out.hasRemaining()) {
                        return CoderResult.OVERFLOW;
                    }
                    char c = in.get();
                    int at = c < UPPER ? 0 : Arrays.binarySearch(sorted, c);
                    if (at < 0) {
                        in.position(in.position() - 1);
                        return unmappable(in, c);
                    }
                    out.put(c < UPPER ? (byte) c : octets[at]);
                }
                return CoderResult.UNDERFLOW;
            }
        };
    }

    private static CoderResult unmappable(CharBuffer in, char c) {
        if (!Character.isSurrogate(c)) {
            return CoderResult.unmappableForLength(1);
        }
        if (Character.isLowSurrogate(c)) {
            return CoderResult.malformedForLength(1);
        }
        if (in.remaining() < 2) {
            return CoderResult.UNDERFLOW;
        }
        return Character.isLowSurrogate(in.get(in.position() + 1))
                ? CoderResult.unmappableForLength(2)
                : CoderResult.malformedForLength(1);
    }
}

package org.merpati.lib.sasl;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Text of messages: strict UTF-8, strict base64, bounded. */
public final class SaslText {
    /** RFC 4954 §4 allows lines of 12,288 octets; tokens of OAuth are what needs so much. */
    public static final int MAX_MESSAGE = 12 * 1024;

    /** RFC 4616 §2 asks for 255 at least. */
    public static final int MAX_NAME = 1024;

    private SaslText() {}

    /** The same octets, if they are few enough. */
    public static byte[] bounded(byte[] message) {
        if (message.length > MAX_MESSAGE) {
            throw new SaslSyntaxException("message over " + MAX_MESSAGE + " octets");
        }
        return message;
    }

    public static String utf8(byte[] octets) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SaslSyntaxException("not UTF-8");
        }
    }

    /** Prepared as RFC 4616 §2 and RFC 5802 §5.1 ask for names that a peer presents. */
    public static String login(String presented) {
        if (presented.length() > MAX_NAME) {
            throw new SaslSyntaxException("name over " + MAX_NAME + " characters");
        }
        return Preparation.query(presented).orElseThrow(() -> new SaslSyntaxException("not a name"));
    }

    public static byte[] base64(String text) {
        try {
            var octets = Base64.getDecoder().decode(text);
            if (!Base64.getEncoder().encodeToString(octets).equals(text)) {
                throw new SaslSyntaxException("not base64"); // no padding, or bits that say nothing
            }
            return octets;
        } catch (IllegalArgumentException e) {
            throw new SaslSyntaxException("not base64");
        }
    }

    public static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}

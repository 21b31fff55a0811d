package org.merpati.core.jmap;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.merpati.lib.jmap.MethodError;
import org.merpati.lib.jmap.MethodException;

/** How texts are compared (RFC 4790, RFC 5051): their sort keys, octet by octet. */
public enum Collation {
    /** RFC 5051 §2; the one used unless another is asked for. */
    UNICODE("i;unicode-casemap"),
    /** RFC 4790 §9.2. */
    ASCII("i;ascii-casemap"),
    /** RFC 4790 §9.3. */
    OCTET("i;octet");

    static final List<String> NAMES = Arrays.stream(values()).map(one -> one.id).toList();

    /** The order of {@link #key keys}. */
    public static final Comparator<byte[]> ORDER = Arrays::compareUnsigned;

    private final String id;

    Collation(String id) {
        this.id = id;
    }

    /** @throws MethodException when it is not known (RFC 8620 §5.5) */
    public static Collation of(Optional<String> id) throws MethodException {
        if (id.isEmpty()) {
            return UNICODE;
        }
        for (var collation : values()) {
            if (collation.id.equals(id.get())) {
                return collation;
            }
        }
        throw new MethodException(new MethodError.UnsupportedSort("the collations are " + String.join(", ", NAMES)));
    }

    public byte[] key(String text) {
        return switch (this) {
            case UNICODE -> unicode(text);
            case ASCII -> ascii(text);
            case OCTET -> text.getBytes(StandardCharsets.UTF_8);
        };
    }

    private static byte[] unicode(String text) {
        var title = new StringBuilder(text.length());
        text.codePoints().map(Character::toTitleCase).forEach(title::appendCodePoint);
        boolean ascii = text.chars().allMatch(c -> c < 0x80);
        return (ascii ? title.toString() : Normalizer.normalize(title, Normalizer.Form.NFKD))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] >= 'a' && octets[i] <= 'z') {
                octets[i] = (byte) (octets[i] - 32);
            }
        }
        return octets;
    }
}

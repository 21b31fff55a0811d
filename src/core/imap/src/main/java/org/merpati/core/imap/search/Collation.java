package org.merpati.core.imap.search;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;

/** A text as it is sorted: by i;unicode-casemap (RFC 5051 §2), its octets compared. */
final class Collation implements Comparable<Collation> {
    static final Collation EMPTY = of("");

    private final byte[] octets;

    private Collation(byte[] octets) {
        this.octets = octets;
    }

    static Collation of(String text) {
        boolean ascii = text.chars().allMatch(c -> c < 0x80);
        var title = new StringBuilder(text.length());
        text.codePoints().map(Character::toTitleCase).forEach(title::appendCodePoint);
        var sortable = ascii ? title : Normalizer.normalize(title, Normalizer.Form.NFKD);
        return new Collation(sortable.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int compareTo(Collation other) {
        return Arrays.compareUnsigned(octets, other.octets);
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof Collation collation && Arrays.equals(octets, collation.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }
}

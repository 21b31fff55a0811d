package org.merpati.core.api.mail;

import java.util.OptionalLong;

/**
 * The ids that clients see, the same over JMAP and IMAP (RFC 8474 §1): a letter for the kind, then the number in lower-case base32 without padding or leading zeros
 * (RFC 8620 §1.2, the alphabet of RFC 4648 §6). Such ids differ in more than case, are never digits alone, and are never
 * mistaken for another kind's.
 */
public enum IdKind {
    ACCOUNT('a'),
    BLOB('b'),
    EMAIL('e'),
    IDENTITY('i'),
    MAILBOX('m'),
    PUSH_SUBSCRIPTION('p'),
    SUBMISSION('s'),
    THREAD('t'),
    UPLOAD('u');

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LONGEST = 13; // digits of 5 bits in a positive long

    private final char letter;

    IdKind(char letter) {
        this.letter = letter;
    }

    /** @param number not negative */
    public String id(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("no id has the number " + number);
        }
        var id = new StringBuilder(LONGEST + 1);
        do {
            id.append(ALPHABET.charAt((int) (number & 31)));
            number >>>= 5;
        } while (number != 0);
        return id.append(letter).reverse().toString();
    }

    /** The number; empty for whatever {@link #id} would not have written. */
    public OptionalLong parse(String id) {
        int digits = id.length() - 1;
        if (digits < 1 || digits > LONGEST || id.charAt(0) != letter || (digits > 1 && id.charAt(1) == 'a')) {
            return OptionalLong.empty();
        }
        long number = 0;
        for (int i = 1; i <= digits; i++) {
            int value = ALPHABET.indexOf(id.charAt(i));
            if (value < 0 || number > (Long.MAX_VALUE >>> 5)) {
                return OptionalLong.empty();
            }
            number = number << 5 | value;
        }
        return OptionalLong.of(number);
    }
}

package org.merpati.core.imap.search;

/**
 * The ids of emails, mailboxes and threads on the wire (RFC 8474 §4): those of JMAP, a letter for the kind and the number in
 * lower-case base32 without leading zeros.
 */
public final class ObjectIds {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    private ObjectIds() {}

    public static String email(long number) {
        return id('e', number);
    }

    public static String mailbox(long number) {
        return id('m', number);
    }

    public static String thread(long number) {
        return id('t', number);
    }

    private static String id(char kind, long number) {
        var id = new StringBuilder(14);
        long rest = number;
        do {
            id.append(ALPHABET.charAt((int) (rest & 31)));
            rest >>>= 5;
        } while (rest != 0);
        return id.append(kind).reverse().toString();
    }
}

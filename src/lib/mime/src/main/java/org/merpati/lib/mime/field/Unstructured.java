package org.merpati.lib.mime.field;

/** Text that people read: Subject, Comments, Content-Description and fields that nobody knows (RFC 5322 §3.6.5). */
public final class Unstructured {
    private Unstructured() {}

    /**
     * Unfolded, its encoded words decoded, and without white space at its ends.
     *
     * <p>Departs from RFC 5322 §2.2.3: of a fold and the white space around it one space remains. Writers fold by putting a
     * tab for the space, and nobody who searches for two words means that tab.
     */
    public static String decode(String body) {
        return EncodedWords.decodeFolded(body).strip();
    }
}

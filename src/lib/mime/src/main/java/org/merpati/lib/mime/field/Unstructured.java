package org.merpati.lib.mime.field;

/** Text that people read: Subject, Comments, Content-Description and fields that nobody knows (RFC 5322 §3.6.5). */
public final class Unstructured {
    private Unstructured() {}

    /**
     * Unfolded (RFC 5322 §2.2.3: the white space of a fold stays), its encoded words decoded, and without white space at its
     * ends.
     */
    public static String decode(String body) {
        return Folding.remove(EncodedWords.decode(body)).strip();
    }
}

package org.merpati.lib.sasl;

import com.ongres.saslprep.SASLprep;
import com.ongres.stringprep.Profile;
import java.util.Optional;

/**
 * SASLprep (RFC 4013): one form for all the ways to type a name or a password. Empty where the text holds what may not be in
 * one, or where nothing is left of it.
 */
public final class Preparation {
    private static final Profile PROFILE = new SASLprep();

    private Preparation() {}

    /** What is kept, or made into a verifier: code points that Unicode 3.2 does not know are refused (RFC 3454 §7). */
    public static Optional<String> stored(String text) {
        return prepared(text, true);
    }

    /** What somebody presents: unknown code points pass. */
    public static Optional<String> query(String text) {
        return prepared(text, false);
    }

    private static Optional<String> prepared(String text, boolean stored) {
        if (printableAscii(text)) {
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        }
        try {
            var result = stored ? PROFILE.prepareStored(text) : PROFILE.prepareQuery(text);
            return result.isEmpty() ? Optional.empty() : Optional.of(result);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty(); // the latter is what version 2.2 does where nothing is left of the text
        }
    }

    private static boolean printableAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }
}

package org.merpati.core.api.mail;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;

/**
 * Domain names in the one form that they are compared in: A-labels in lower case (RFC 5890 §2.3.2.1), so that {@code Straße.example}
 * and {@code xn--strae-oqa.example} are one and {@code strasse.example} another, which IDNA 2003 took for the same.
 *
 * <p>Of the mapping of UTS 46, non-transitional, this is what addresses need: lower case, NFC, the ideographic full stops as
 * dots. Of the rules of RFC 5892, by the general category of Unicode as the JDK knows it: letters, marks and decimal digits
 * are taken, with the joiners and middle dots of its appendix A; symbols, punctuation, spaces and unassigned code points are not.
 * Compatibility forms (full width, ligatures) are refused, not mapped; A-labels are taken as they come, since whether there is such a domain is
 * for the DNS to say; the rules of RFC 5893 for text from right to left are left to
 * registries.
 */
final class DomainLabels {
    private static final int LONGEST_LABEL = 63; // RFC 1035 §2.3.4
    private static final int LONGEST_NAME = 253;
    private static final String ACE = "xn--";

    /** Joiners (A.1, A.2), middle dot, keraia, geresh, gershayim, katakana middle dot (A.3 to A.7) of RFC 5892. */
    private static final String CONTEXTUAL = "\u200c\u200d\u00b7\u0375\u05f3\u05f4\u30fb";

    private DomainLabels() {}

    /** Empty when it is no domain name. */
    static Optional<String> key(String name) {
        if (name.length() > LONGEST_NAME) {
            return Optional.empty();
        }
        var keys = new ArrayList<String>();
        for (var label : name.split("[.\u3002\uff0e\uff61]", -1)) {
            var key = label(label);
            if (key.isEmpty()) {
                return Optional.empty();
            }
            keys.add(key.get());
        }
        var key = String.join(".", keys);
        return key.length() <= LONGEST_NAME ? Optional.of(key) : Optional.empty();
    }

    /** A name as people write it, A-labels decoded. */
    static String shown(String key) {
        var labels = new ArrayList<String>();
        for (var label : key.split("\\.", -1)) {
            labels.add(Optional.of(label)
                    .filter(one -> one.startsWith(ACE))
                    .flatMap(one -> Punycode.decode(one.substring(ACE.length())))
                    .filter(text -> unicode(text).equals(Optional.of(label))) // RFC 5891 §5.4: each has its one form
                    .orElse(label));
        }
        return String.join(".", labels);
    }

    private static Optional<String> label(String label) {
        if (label.chars().allMatch(c -> c < 0x80)) {
            return plain(label.toLowerCase(Locale.ROOT));
        }
        var mapped = Normalizer.normalize(label, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        return unicode(Normalizer.normalize(mapped, Normalizer.Form.NFC));
    }

    /** Letters, digits and hyphens (RFC 5890 §2.3.1). */
    private static Optional<String> plain(String label) {
        boolean known = label.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
        return known && wellFormed(label) && label.length() <= LONGEST_LABEL ? Optional.of(label) : Optional.empty();
    }

    /** The A-label of a U-label (RFC 5891 §4.2). */
    private static Optional<String> unicode(String label) {
        boolean valid = wellFormed(label)
                && label.length() <= LONGEST_LABEL
                && label.chars().anyMatch(c -> c >= 0x80)
                && label.codePoints().allMatch(DomainLabels::isValid)
                && !(label.length() > 3 && label.startsWith("--", 2)) // §4.2.3.1
                && !isMark(label.codePointAt(0)) // §4.2.3.2
                && Normalizer.normalize(label, Normalizer.Form.NFKC).equals(label);
        return valid
                ? Optional.of(ACE + Punycode.encode(label)).filter(key -> key.length() <= LONGEST_LABEL)
                : Optional.empty();
    }

    private static boolean wellFormed(String label) {
        return !label.isEmpty() && !label.startsWith("-") && !label.endsWith("-");
    }

    private static boolean isValid(int c) {
        if (c < 0x80) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        }
        return CONTEXTUAL.indexOf(c) >= 0
                || switch (Character.getType(c)) {
                    case Character.LOWERCASE_LETTER,
                            Character.OTHER_LETTER,
                            Character.MODIFIER_LETTER,
                            Character.NON_SPACING_MARK,
                            Character.COMBINING_SPACING_MARK,
                            Character.DECIMAL_DIGIT_NUMBER -> true;
                    default -> false;
                };
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }
}

package org.merpati.core.imap;

import java.util.ArrayList;
import java.util.List;

/**
 * A LIST pattern (RFC 3501 §6.3.8): {@code *} stands for anything, {@code %} for anything without the separator. INBOX is
 * matched in any case. Matching takes time by the product of both lengths, whatever the wildcards.
 */
final class MailboxPattern {
    private static final int LONGEST = 2000;

    private final String pattern;
    private final boolean hopeless;

    MailboxPattern(String reference, String pattern) {
        var whole = (reference + pattern).replaceAll("\\*[*%]+|%+\\*[*%]*", "*").replaceAll("%+", "%");
        this.hopeless = whole.length() > LONGEST;
        this.pattern = hopeless ? "" : whole;
    }

    boolean matches(String name) {
        return !hopeless && (matches(name, false) || (name.equals("INBOX") && matches(name, true)));
    }

    /**
     * The levels above this name that match a pattern ending in {@code %}: they are listed although they are no mailboxes
     * themselves (RFC 3501 §6.3.8).
     */
    List<String> matchingParents(String name) {
        var parents = new ArrayList<String>();
        if (!hopeless && pattern.endsWith("%")) {
            for (int at = name.indexOf('/'); at > 0; at = name.indexOf('/', at + 1)) {
                var parent = name.substring(0, at);
                if (matches(parent)) {
                    parents.add(parent);
                }
            }
        }
        return parents;
    }

    /** Which lengths of the name the pattern so far can stand for, character of the pattern by character. */
    private boolean matches(String name, boolean anyCase) {
        var reached = new boolean[name.length() + 1];
        reached[0] = true;
        for (int p = 0; p < pattern.length(); p++) {
            char wanted = pattern.charAt(p);
            boolean wildcard = wanted == '*' || wanted == '%';
            if (wildcard) {
                for (int n = 0; n < name.length(); n++) {
                    reached[n + 1] |= reached[n] && (wanted == '*' || name.charAt(n) != '/');
                }
            } else {
                for (int n = name.length(); n > 0; n--) {
                    reached[n] = reached[n - 1] && same(wanted, name.charAt(n - 1), anyCase);
                }
                reached[0] = false;
            }
        }
        return reached[name.length()];
    }

    private static boolean same(char wanted, char c, boolean anyCase) {
        return wanted == c || (anyCase && Character.toUpperCase(wanted) == c);
    }

    @Override
    public String toString() {
        return "MailboxPattern[" + pattern + "]";
    }
}

package org.merpati.core.store.internal;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.merpati.core.store.Mailboxes;

/** The form of mailbox names and roles in the table. */
final class MailboxNames {
    static final String INBOX = "INBOX";

    /**
     * The IANA registry "IMAP Mailbox Name Attributes" as far as it tells of uses (RFC 6154 §2, RFC 8457 §3, RFC 8621 §2). What
     * is all or flagged mail in other servers' searches is a mailbox here like any other.
     */
    static final Set<String> ROLES =
            Set.of("inbox", "all", "archive", "drafts", "flagged", "important", "junk", "sent", "trash");

    private MailboxNames() {}

    /**
     * The name as it is stored: Net-Unicode (RFC 9051 §5.1), INBOX in capitals also as the first level, without the
     * {@code /} at its end. Empty when no mailbox can have it.
     */
    static Optional<String> normal(String given) {
        if (given.length() > 2 * Mailboxes.LONGEST_NAME || !given.codePoints().allMatch(MailboxNames::allowed)) {
            return Optional.empty();
        }
        var name = Normalizer.normalize(given, Normalizer.Form.NFC);
        if (name.endsWith("/")) {
            name = name.substring(0, name.length() - 1);
        }
        if (name.isEmpty() || name.length() > Mailboxes.LONGEST_NAME || ("/" + name + "/").contains("//")) {
            return Optional.empty();
        }
        var first = name.split("/", 2)[0];
        // not equalsIgnoreCase: that one takes a dotless i for an I
        return Optional.of(
                first.toLowerCase(Locale.ROOT).equals("inbox") ? INBOX + name.substring(first.length()) : name);
    }

    /** Those above it, the uppermost first. */
    static List<String> parents(String name) {
        var parents = new ArrayList<String>();
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            parents.add(name.substring(0, slash));
        }
        return parents;
    }

    /** What names below this one are {@code like}, with {@code escape '!'}. */
    static String below(String name) {
        return name.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "/%";
    }

    static boolean knowsRole(String role) {
        return role.isEmpty() || ROLES.contains(role);
    }

    private static boolean allowed(int c) {
        return !Character.isISOControl(c)
                && Character.getType(c) != Character.SURROGATE
                && c != 0x2028
                && c != 0x2029; // RFC 5198 §2
    }
}

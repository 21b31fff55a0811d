package org.merpati.core.imap;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Special-use attributes (RFC 6154 §2, RFC 8457 §3) and the roles of the store that they are names of. */
final class SpecialUse {
    private static final Map<String, String> ATTRIBUTES = Map.of(
            "all", "\\All",
            "archive", "\\Archive",
            "drafts", "\\Drafts",
            "flagged", "\\Flagged",
            "important", "\\Important",
            "junk", "\\Junk",
            "sent", "\\Sent",
            "trash", "\\Trash");

    /** Such a mailbox would show messages of others, and none does here. */
    private static final Set<String> VIRTUAL = Set.of("all", "flagged");

    private SpecialUse() {}

    /** The attribute of a mailbox with that role. */
    static Optional<String> attribute(String role) {
        return Optional.ofNullable(ATTRIBUTES.get(role));
    }

    /** The role that CREATE's uses ask for; {@code ""} for none, and empty when no mailbox can have them, or all of them. */
    static Optional<String> role(List<String> uses) {
        var roles = uses.stream()
                .map(use -> use.substring(1).toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
        if (roles.isEmpty()) {
            return Optional.of("");
        }
        return Optional.of(roles.getFirst())
                .filter(role -> roles.size() == 1 && ATTRIBUTES.containsKey(role) && !VIRTUAL.contains(role));
    }
}

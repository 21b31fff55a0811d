package org.merpati.lib.imap.command;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;

/** Which mailboxes LIST is to tell of. RFC 9051 §6.3.9.1, RFC 6154 §2. */
public enum ListSelection {
    SUBSCRIBED("SUBSCRIBED"),
    SPECIAL_USE("SPECIAL-USE"),
    REMOTE("REMOTE"),
    RECURSIVEMATCH("RECURSIVEMATCH");

    private static final int MOST = 20;

    private final String token;

    ListSelection(String token) {
        this.token = token;
    }

    /** As it stands on the wire. */
    public String token() {
        return token;
    }

    /** Whether it says by itself which mailboxes are meant (list-select-base-opt). */
    public boolean isBase() {
        return this == SUBSCRIBED || this == SPECIAL_USE;
    }

    /** list-select-opts, in the order of this enum. */
    static Set<ListSelection> parse(CommandReader in) {
        int before = in.offset();
        var all = new TreeSet<>(in.listOrNone(MOST, ListSelection::option));
        if (all.contains(RECURSIVEMATCH) && all.stream().noneMatch(ListSelection::isBase)) {
            throw new ImapSyntaxException("SUBSCRIBED or SPECIAL-USE beside RECURSIVEMATCH", before);
        }
        return all;
    }

    private static ListSelection option(CommandReader in) {
        int before = in.offset();
        var word = in.word("a selection option");
        return of(word).orElseThrow(() -> new ImapSyntaxException("a selection option of LIST", before));
    }

    private static Optional<ListSelection> of(String token) {
        for (var selection : values()) {
            if (selection.token.equals(token)) {
                return Optional.of(selection);
            }
        }
        return Optional.empty();
    }
}

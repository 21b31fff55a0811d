package org.merpati.lib.imap.command;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;

/** What STATUS can ask for (status-att): RFC 3501 §6.3.10, RFC 9051 §6.3.11, and extensions. */
public enum StatusItem {
    MESSAGES("MESSAGES"),
    RECENT("RECENT"),
    UIDNEXT("UIDNEXT"),
    UIDVALIDITY("UIDVALIDITY"),
    UNSEEN("UNSEEN"),
    DELETED("DELETED"),
    /** RFC 8438 §3. */
    SIZE("SIZE"),
    /** RFC 7162 §3.1.7. */
    HIGHESTMODSEQ("HIGHESTMODSEQ"),
    /** RFC 8474 §4.3. */
    MAILBOXID("MAILBOXID"),
    /** RFC 7889 §3. */
    APPENDLIMIT("APPENDLIMIT"),
    /** RFC 9208 §4.1.4. */
    DELETED_STORAGE("DELETED-STORAGE");

    private static final int MOST = 50;

    private final String token;

    StatusItem(String token) {
        this.token = token;
    }

    /** As it stands on the wire. */
    public String token() {
        return token;
    }

    /** At least one, in parentheses. */
    static List<StatusItem> list(CommandReader in) {
        return in.list(MOST, StatusItem::parse);
    }

    private static StatusItem parse(CommandReader in) {
        int before = in.offset();
        var word = in.word("a status item");
        for (var item : values()) {
            if (item.token.equals(word)) {
                return item;
            }
        }
        throw new ImapSyntaxException(
                Arrays.stream(values()).map(StatusItem::token).collect(Collectors.joining(", ")), before);
    }
}

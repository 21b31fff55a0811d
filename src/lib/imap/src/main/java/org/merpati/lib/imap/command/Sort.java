package org.merpati.lib.imap.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;

/**
 * SORT and UID SORT (RFC 5256 §3), also with a RETURN (RFC 5267 §3).
 *
 * @param criteria by which to sort, the most important first
 */
public record Sort(boolean uids, Optional<SearchReturn> result, List<Criterion> criteria, SearchProgram program)
        implements SearchCommand {
    public enum By {
        ARRIVAL,
        CC,
        DATE,
        FROM,
        SIZE,
        SUBJECT,
        TO,
        /** RFC 5957 §4. */
        DISPLAYFROM,
        DISPLAYTO
    }

    public record Criterion(By by, boolean reverse) {}

    private static final int MOST = 20;

    public Sort {
        criteria = List.copyOf(criteria);
    }

    static Sort parse(CommandReader in) {
        var result = SearchReturn.parse(in.space());
        var criteria = new ArrayList<>(in.list(MOST, Sort::criterion));
        in.space();
        return new Sort(in.byUid(), result, criteria, SearchProgram.afterCharset(in));
    }

    private static Criterion criterion(CommandReader in) {
        boolean reverse = in.acceptWord("REVERSE");
        if (reverse) {
            in.space();
        }
        int before = in.offset();
        var name = in.word("a sort key");
        for (var by : By.values()) {
            if (by.name().equals(name)) {
                return new Criterion(by, reverse);
            }
        }
        throw new ImapSyntaxException("a sort key", before);
    }
}

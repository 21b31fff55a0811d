package org.merpati.lib.imap.command;

import java.util.List;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;
import org.merpati.lib.imap.MessageSet;

/** FETCH and UID FETCH. RFC 9051 §6.4.5, §6.4.9. Each item once, in the order asked for. */
public record Fetch(MessageSet messages, boolean byUid, List<FetchItem> items, FetchModifiers modifiers)
        implements SelectedCommand {
    private static final int MOST_ITEMS = 100; // each may be a whole message: a bound on what one line can ask for

    public Fetch {
        items = List.copyOf(items);
    }

    static Fetch parse(CommandReader in) {
        var messages = in.space().messages();
        in.space();
        var items = in.nextIs('(') ? in.list(MOST_ITEMS, FetchItem::parse) : single(in);
        var modifiers = FetchModifiers.parse(in);
        in.end();
        return new Fetch(messages, in.byUid(), items.stream().distinct().toList(), modifiers);
    }

    /** A macro, or one item without parentheses. */
    private static List<FetchItem> single(CommandReader in) {
        int before = in.offset();
        if (in.nextIs('F') || in.nextIs('f') || in.nextIs('A') || in.nextIs('a')) {
            var word = in.word("a fetch item");
            return switch (word) {
                case "FAST" -> FetchItem.FAST;
                case "ALL" -> FetchItem.ALL;
                case "FULL" -> FetchItem.FULL;
                case "FLAGS" -> List.of(FetchItem.Attribute.FLAGS);
                default -> throw new ImapSyntaxException("a fetch item or macro", before);
            };
        }
        return List.of(FetchItem.parse(in));
    }
}

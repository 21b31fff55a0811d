package org.merpati.lib.imap.command;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;

/**
 * What is to be told of a search's results (RFC 9051 §6.4.4, search-return-opts).
 *
 * @param partial never together with ALL (RFC 9394 §3.1)
 * @param items what is to be told of new messages that UPDATE adds (RFC 5465 §7)
 */
public record SearchReturn(Set<Option> options, Optional<PartialRange> partial, List<FetchItem> items) {
    public enum Option {
        MIN,
        MAX,
        ALL,
        COUNT,
        /** RFC 5182. */
        SAVE,
        /** RFC 5267 §4.2: the same search will come again. */
        CONTEXT,
        /** RFC 5267 §4.3: what changes in the results is to be told. */
        UPDATE
    }

    public static final SearchReturn ALL = new SearchReturn(Set.of(Option.ALL), Optional.empty());

    private static final int MOST = 20;

    private static final int MOST_ITEMS = 100;

    public SearchReturn {
        options = Set.copyOf(options);
        items = List.copyOf(items);
    }

    public SearchReturn(Set<Option> options, Optional<PartialRange> partial) {
        this(options, partial, List.of());
    }

    public boolean has(Option option) {
        return options.contains(option);
    }

    /** {@code RETURN (…) } with the space after it, if it comes next. */
    static Optional<SearchReturn> parse(CommandReader in) {
        if (!in.acceptWord("RETURN")) {
            return Optional.empty();
        }
        in.space().expect('(');
        var options = EnumSet.noneOf(Option.class);
        Optional<PartialRange> partial = Optional.empty();
        List<FetchItem> items = List.of();
        for (int count = 0; !in.accept(')'); count++) {
            if (count > 0) {
                in.space();
            }
            if (count == MOST) {
                throw in.expected("no more than " + MOST + " options");
            }
            int before = in.offset();
            var name = in.word("a return option");
            if (name.equals("PARTIAL")) {
                if (partial.isPresent()) {
                    throw new ImapSyntaxException("PARTIAL once", before);
                }
                partial = Optional.of(PartialRange.parse(in.space()));
            } else {
                options.add(option(name, before));
                if (name.equals("UPDATE") && in.followedBy("(", " (")) {
                    in.accept(' ');
                    items = in.list(MOST_ITEMS, FetchItem::parse).stream()
                            .distinct()
                            .toList();
                }
            }
        }
        if (partial.isPresent() && options.contains(Option.ALL)) {
            throw in.expected("either ALL or PARTIAL");
        }
        in.space();
        return Optional.of(new SearchReturn(options, partial, items).orAll());
    }

    private static Option option(String name, int before) {
        for (var option : Option.values()) {
            if (option.name().equals(name)) {
                return option;
            }
        }
        throw new ImapSyntaxException("a return option", before);
    }

    /** An empty list asks for all. */
    private SearchReturn orAll() {
        return options.isEmpty() && partial.isEmpty() ? ALL : this;
    }

    /** Whether an ESEARCH response is asked for: SAVE alone wants none (RFC 5182 §2). */
    public boolean wantsResponse() {
        return !(options.equals(Set.of(Option.SAVE)) && partial.isEmpty());
    }
}

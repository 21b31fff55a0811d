package org.merpati.lib.imap.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;

/** A search as a tree (RFC 3501 §6.4.4, search-key). */
public sealed interface SearchKey {
    record All() implements SearchKey {}

    /** The decoded subject contains the text, without regard to case. */
    record Subject(String text) implements SearchKey {}

    /** All of them hold. */
    record And(List<SearchKey> keys) implements SearchKey {
        public And {
            keys = List.copyOf(keys);
        }
    }

    /** A key that the standard has and this server does not search by yet. */
    record NotBuilt(String name) implements SearchKey {}

    int DEEPEST = 20;
    int MOST = 100;

    Set<String> OTHERS = Set.of(
            "ANSWERED",
            "BCC",
            "BEFORE",
            "BODY",
            "CC",
            "DELETED",
            "DRAFT",
            "FLAGGED",
            "FROM",
            "HEADER",
            "KEYWORD",
            "LARGER",
            "NEW",
            "NOT",
            "OLD",
            "ON",
            "OR",
            "RECENT",
            "SEEN",
            "SENTBEFORE",
            "SENTON",
            "SENTSINCE",
            "SINCE",
            "SMALLER",
            "TEXT",
            "TO",
            "UID",
            "UNANSWERED",
            "UNDELETED",
            "UNDRAFT",
            "UNFLAGGED",
            "UNKEYWORD",
            "UNSEEN");

    /** Keys up to the end, or up to the parenthesis that closes them. */
    static SearchKey parseAll(CommandReader in, int depth) {
        var keys = new ArrayList<SearchKey>();
        do {
            if (keys.size() == MOST) {
                throw in.expected("no more than " + MOST + " keys");
            }
            var key = parse(in, depth);
            if (key instanceof NotBuilt) {
                return key; // its arguments are not known: nothing after it can be judged
            }
            keys.add(key);
        } while (in.accept(' '));
        return keys.size() == 1 ? keys.getFirst() : new And(keys);
    }

    private static SearchKey parse(CommandReader in, int depth) {
        if (in.nextIs('(')) {
            if (depth == DEEPEST) {
                throw in.expected("no more than " + DEEPEST + " parentheses in one another");
            }
            var inner = parseAll(in.expect('('), depth + 1);
            if (!(inner instanceof NotBuilt)) {
                in.expect(')');
            }
            return inner;
        }
        if (in.nextIsDigit() || in.nextIs('*')) {
            in.rest();
            return new NotBuilt("sequence numbers");
        }
        int before = in.offset();
        var name = in.word("a search key");
        if (name.equals("ALL")) {
            return new All();
        }
        if (name.equals("SUBJECT")) {
            return new Subject(in.space().text());
        }
        if (OTHERS.contains(name)) {
            in.rest();
            return new NotBuilt(name);
        }
        throw new ImapSyntaxException("a search key", before);
    }
}

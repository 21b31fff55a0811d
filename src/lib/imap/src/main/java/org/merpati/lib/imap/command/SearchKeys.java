package org.merpati.lib.imap.command;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;
import org.merpati.lib.imap.MessageSet;
import org.merpati.lib.imap.NumberRange;

/** Reads the keys of one search (RFC 9051 §9, search-key). How many there may be bounds what one search costs. */
final class SearchKeys {
    static final int DEEPEST = 20;
    static final int MOST = 100;

    private static final long LARGEST_UID = 4_294_967_295L;
    private static final String MONTHS = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";

    private final CommandReader in;
    private final Charset charset;
    private int keys;
    private int operators;

    SearchKeys(CommandReader in, Charset charset) {
        this.in = in;
        this.charset = charset;
    }

    /** Keys up to the end, or up to the parenthesis that closes them. */
    SearchKey all(int depth) {
        var all = new ArrayList<SearchKey>();
        do {
            all.add(key(depth));
        } while (in.accept(' '));
        return all.size() == 1 ? all.getFirst() : new SearchKey.And(all);
    }

    private SearchKey key(int depth) {
        if (in.nextIs('(')) {
            if (depth == DEEPEST) {
                throw in.expected("no more than " + DEEPEST + " parentheses in one another");
            }
            in.expect('(');
            var inner = all(depth + 1);
            in.expect(')');
            return inner;
        }
        if (in.nextIsDigit() || in.nextIs('*') || in.nextIs('$')) {
            return counted(new SearchKey.Numbers(in.sequenceSet()));
        }
        int before = in.offset();
        var name = in.word("a search key");
        return switch (name) {
            case "NOT" -> {
                count(++operators);
                yield new SearchKey.Not(next(depth));
            }
            case "OR" -> {
                count(++operators);
                yield or(next(depth), next(depth));
            }
            default -> counted(leaf(name, before));
        };
    }

    private SearchKey next(int depth) {
        in.space();
        return key(depth);
    }

    private SearchKey counted(SearchKey leaf) {
        count(++keys);
        return leaf;
    }

    private void count(int number) {
        if (number > MOST) {
            throw in.expected("no more than " + MOST + " keys");
        }
    }

    /** Long chains of ORs become one, so that no tree is deep. */
    private static SearchKey or(SearchKey first, SearchKey second) {
        var keys = new ArrayList<SearchKey>();
        for (var key : List.of(first, second)) {
            if (key instanceof SearchKey.Or(var inner)) {
                keys.addAll(inner);
            } else {
                keys.add(key);
            }
        }
        return new SearchKey.Or(keys);
    }

    private SearchKey leaf(String name, int before) {
        return switch (name) {
            case "ALL" -> new SearchKey.All();
            case "ANSWERED", "DELETED", "DRAFT", "FLAGGED", "RECENT", "SEEN" -> SearchKey.Flag.valueOf(name);
            case "UNANSWERED", "UNDELETED", "UNDRAFT", "UNFLAGGED", "UNSEEN" ->
                new SearchKey.Not(SearchKey.Flag.valueOf(name.substring(2)));
            case "NEW" -> new SearchKey.And(List.of(SearchKey.Flag.RECENT, new SearchKey.Not(SearchKey.Flag.SEEN)));
            case "OLD" -> new SearchKey.Not(SearchKey.Flag.RECENT);
            case "KEYWORD" -> new SearchKey.Keyword(in.space().atom());
            case "UNKEYWORD" ->
                new SearchKey.Not(new SearchKey.Keyword(in.space().atom()));
            case "BEFORE", "ON", "SINCE" -> dated(SearchKey.Which.RECEIVED, name);
            case "SENTBEFORE", "SENTON", "SENTSINCE" -> dated(SearchKey.Which.SENT, name.substring(4));
            case "SAVEDBEFORE", "SAVEDON", "SAVEDSINCE" -> dated(SearchKey.Which.SAVED, name.substring(5));
            case "SAVEDATESUPPORTED" -> new SearchKey.SaveDateSupported();
            case "OLDER" -> new SearchKey.Within(true, in.space().nzNumber());
            case "YOUNGER" -> new SearchKey.Within(false, in.space().nzNumber());
            case "LARGER" -> new SearchKey.Larger(in.space().number64());
            case "SMALLER" -> new SearchKey.Smaller(in.space().number64());
            case "UID" -> new SearchKey.Numbers(uids());
            case "UIDAFTER" -> between(in.space().nzNumber() + 1, LARGEST_UID);
            case "UIDBEFORE" -> between(1, in.space().nzNumber() - 1);
            case "MODSEQ" -> modSeq();
            case "EMAILID" -> new SearchKey.EmailId(in.space().atom());
            case "THREADID" -> new SearchKey.ThreadId(in.space().atom());
            case "BCC", "CC", "FROM", "TO" -> new SearchKey.Addresses(fieldName(name), text());
            case "SUBJECT" -> new SearchKey.Field(fieldName(name), text());
            case "HEADER" -> new SearchKey.Field(headerName(), text());
            case "BODY" -> new SearchKey.Body(text());
            case "TEXT" -> new SearchKey.Text(text());
            default -> throw new ImapSyntaxException("a search key", before);
        };
    }

    private static String fieldName(String key) {
        return key.charAt(0) + key.substring(1).toLowerCase(Locale.ROOT);
    }

    private MessageSet uids() {
        in.space();
        return in.nextIs('$') ? in.messages() : in.uidSet();
    }

    private static SearchKey between(long first, long last) {
        return first > last
                ? new SearchKey.Not(new SearchKey.All())
                : new SearchKey.Numbers(new MessageSet.UidSet(List.of(new NumberRange(first, last))));
    }

    /** {@code MODSEQ ["/flags/…" all] 7}. */
    private SearchKey modSeq() {
        in.space();
        if (in.nextIs('"')) {
            in.string();
            int before = in.offset();
            var type = in.space().word("priv, shared or all");
            if (!List.of("PRIV", "SHARED", "ALL").contains(type)) {
                throw new ImapSyntaxException("priv, shared or all", before);
            }
            in.space();
        }
        return new SearchKey.ModSeq(in.modSeq());
    }

    private String headerName() {
        int before = in.space().offset();
        var name = new String(in.astring(), StandardCharsets.ISO_8859_1);
        if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ':')) {
            throw new ImapSyntaxException("a header field's name", before);
        }
        return name;
    }

    private String text() {
        int before = in.space().offset();
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(in.astring())).toString();
        } catch (CharacterCodingException e) {
            throw new ImapSyntaxException("text in " + charset.name(), before);
        }
    }

    private SearchKey dated(SearchKey.Which which, String order) {
        return new SearchKey.Dated(which, SearchKey.Order.valueOf(order), date());
    }

    /** {@code 1-Feb-1994}, with quotes or without (RFC 9051 §9, date). */
    private LocalDate date() {
        int before = in.space().offset();
        var text = in.nextIs('"') ? new String(in.string(), StandardCharsets.ISO_8859_1) : in.atom();
        int month = text.indexOf('-');
        int year = month + 5;
        boolean formed = (month == 1 || month == 2)
                && text.length() == year + 4
                && text.charAt(year - 1) == '-'
                && digits(text, 0, month)
                && digits(text, year, year + 4);
        int name = formed ? MONTHS.indexOf(text.substring(month + 1, year - 1).toUpperCase(Locale.ROOT)) : -1;
        if (name < 0 || name % 3 != 0) {
            throw new ImapSyntaxException("a date as 1-Feb-1994", before);
        }
        try {
            return LocalDate.of(
                    Integer.parseInt(text.substring(year)), name / 3 + 1, Integer.parseInt(text.substring(0, month)));
        } catch (DateTimeException e) {
            throw new ImapSyntaxException("a day that there is", before);
        }
    }

    private static boolean digits(String text, int from, int to) {
        return text.substring(from, to).chars().allMatch(c -> c >= '0' && c <= '9');
    }
}

package org.merpati.lib.imap;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.merpati.lib.mime.charset.ModifiedUtf7;

/**
 * Reads one whole command, literals and all, from left to right (RFC 3501 §9). A method takes what it names or throws an
 * {@link ImapSyntaxException} with the position; those that answer a boolean try, and take nothing when they fail.
 *
 * <p>A view of its {@link ImapReader}'s buffer: valid until that reads on.
 */
public final class CommandReader {
    private static final long LARGEST = 4_294_967_295L;
    private static final int MOST_RANGES = 10_000;
    private static final int LONGEST_TAG = 255;

    private final byte[] bytes;
    private final int from;
    private final int to;
    private final List<Diverted> diverted;
    private final boolean unfinished;
    private int at;
    private boolean uid;
    private boolean utf8;

    /** Over {@code bytes[from..to)}, without the line end after the command. */
    public CommandReader(byte[] bytes, int from, int to) {
        this(bytes, from, to, List.of(), false);
    }

    /** @param unfinished whether a literal comes next that has been announced and is not there */
    CommandReader(byte[] bytes, int from, int to, List<Diverted> diverted, boolean unfinished) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        this.at = from;
        this.diverted = diverted;
        this.unfinished = unfinished;
    }

    /** Says that the verb came with UID: {@link #messages()} are uids then. */
    public void uids() {
        uid = true;
    }

    /** Whether the verb came with UID. */
    public boolean byUid() {
        return uid;
    }

    /** Says that mailbox names come in UTF-8, as the client has switched that on (RFC 6855 §3, RFC 9051 §5.1). */
    public void utf8() {
        utf8 = true;
    }

    public int offset() {
        return at - from;
    }

    public ImapSyntaxException expected(String what) {
        return new ImapSyntaxException(what, offset());
    }

    public String tag() {
        int start = at;
        while (at < to && Chars.tag(bytes[at])) {
            at++;
        }
        if (start == at || at - start > LONGEST_TAG) {
            at = start;
            throw expected("a tag");
        }
        return ascii(start, at);
    }

    public CommandReader space() {
        return expect(' ');
    }

    public CommandReader expect(char c) {
        if (!accept(c)) {
            throw expected(c == ' ' ? "a space" : "'" + c + "'");
        }
        return this;
    }

    public boolean accept(char c) {
        if (nextIs(c)) {
            at++;
            return true;
        }
        return false;
    }

    /** Takes these characters, in any case, if all of them come next. */
    public boolean accept(String characters) {
        int end = at + characters.length();
        if (end <= to && ascii(at, end).equalsIgnoreCase(characters)) {
            at = end;
            return true;
        }
        return false;
    }

    public boolean nextIs(char c) {
        return at < to && bytes[at] == c;
    }

    public boolean nextIsDigit() {
        return at < to && Chars.digit(bytes[at]);
    }

    public boolean atEnd() {
        return at == to;
    }

    /** The command must be over. */
    public void end() {
        if (!atEnd()) {
            throw expected("the end of the command");
        }
    }

    /** Passes over the rest: for a command whose arguments make no difference. */
    public void rest() {
        at = to;
    }

    /** The octets up to the end of the command: a line that is none of the grammar's, as in an exchange of SASL. */
    public byte[] line() {
        int start = at;
        at = to;
        return Arrays.copyOfRange(bytes, start, to);
    }

    /** One of the grammar's own words in upper case: letters, digits, dots and hyphens. */
    public String word(String what) {
        int start = at;
        while (at < to && Chars.word(bytes[at])) {
            at++;
        }
        if (start == at) {
            throw expected(what);
        }
        return ascii(start, at).toUpperCase(Locale.ROOT);
    }

    /** Takes this word (in upper case) if it comes next, in any case and whole. */
    public boolean acceptWord(String word) {
        int start = at;
        while (at < to && Chars.word(bytes[at])) {
            at++;
        }
        if (ascii(start, at).equalsIgnoreCase(word)) {
            return true;
        }
        at = start;
        return false;
    }

    /** number: 0 to 4,294,967,295. */
    public long number() {
        int start = at;
        while (nextIsDigit()) {
            at++;
        }
        long value = start == at || at - start > 10 ? -1 : Long.parseLong(ascii(start, at));
        if (value < 0 || value > LARGEST) {
            at = start;
            throw expected("a number up to 4294967295");
        }
        return value;
    }

    /** number64: 0 to 9,223,372,036,854,775,807 (RFC 9051 §9). */
    public long number64() {
        return number64("a number up to " + Long.MAX_VALUE);
    }

    /** mod-sequence-valzer: 0 to 9,223,372,036,854,775,807 (RFC 7162 §7). */
    public long modSeq() {
        return number64("a modification sequence");
    }

    private long number64(String what) {
        int start = at;
        while (nextIsDigit()) {
            at++;
        }
        try {
            return Long.parseLong(ascii(start, at));
        } catch (NumberFormatException e) {
            at = start;
            throw expected(what);
        }
    }

    /** nz-number: 1 to 4,294,967,295. */
    public long nzNumber() {
        int start = at;
        long value = number();
        if (value == 0) {
            at = start;
            throw expected("a number from 1");
        }
        return value;
    }

    /** sequence-set; uids when the verb came with UID. At most 10,000 ranges. {@code $} is what a search has saved. */
    public MessageSet messages() {
        return accept('$') ? new MessageSet.Saved() : numbers(uid);
    }

    /** Sequence numbers whatever the verb came with, or {@code $}. */
    public MessageSet sequenceSet() {
        return accept('$') ? new MessageSet.Saved() : numbers(false);
    }

    /** Uids whatever the verb came with. */
    public MessageSet.UidSet uidSet() {
        return new MessageSet.UidSet(ranges());
    }

    private MessageSet numbers(boolean uids) {
        return uids ? new MessageSet.UidSet(ranges()) : new MessageSet.SequenceSet(ranges());
    }

    private List<NumberRange> ranges() {
        var ranges = new ArrayList<NumberRange>();
        do {
            if (ranges.size() == MOST_RANGES) {
                throw expected("no more than " + MOST_RANGES + " ranges");
            }
            long first = seqNumber();
            ranges.add(new NumberRange(first, accept(':') ? seqNumber() : first));
        } while (accept(','));
        return ranges;
    }

    private long seqNumber() {
        return accept('*') ? NumberRange.STAR : nzNumber();
    }

    /** atom. */
    public String atom() {
        int start = at;
        while (at < to && Chars.atom(bytes[at])) {
            at++;
        }
        if (start == at) {
            throw expected("an atom");
        }
        return ascii(start, at);
    }

    /** astring: an atom, a quoted string or a literal; the octets. */
    public byte[] astring() {
        int start = at;
        while (at < to && Chars.astring(bytes[at])) {
            at++;
        }
        return start < at ? Arrays.copyOfRange(bytes, start, at) : string();
    }

    /** astring as text: UTF-8, of which ASCII is a part. */
    public String text() {
        int start = at;
        byte[] octets = astring();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException e) {
            at = start;
            throw expected("text in UTF-8");
        }
    }

    /** mailbox. */
    public MailboxName mailbox() {
        int start = at;
        return new MailboxName(name(astring(), start));
    }

    /** list-mailbox: a name in which {@code %} and {@code *} may stand without quotes; decoded. */
    public String listMailbox() {
        int start = at;
        while (at < to && Chars.list(bytes[at])) {
            at++;
        }
        return name(start < at ? Arrays.copyOfRange(bytes, start, at) : string(), start);
    }

    private String name(byte[] octets, int start) {
        try {
            return utf8
                    ? StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(octets))
                            .toString()
                    : ModifiedUtf7.decode(new String(octets, StandardCharsets.ISO_8859_1));
        } catch (CharacterCodingException | IllegalArgumentException e) {
            at = start;
            throw expected("a mailbox name in " + (utf8 ? "UTF-8" : "modified UTF-7"));
        }
    }

    /** string: quoted or literal; the octets. */
    public byte[] string() {
        if (accept('"')) {
            return quoted();
        }
        if (accept('{')) {
            return literal();
        }
        throw expected("a string");
    }

    /** Several things in parentheses with one space between them, at least one and at most {@code most}. */
    public <T> List<T> list(int most, Function<CommandReader, T> item) {
        var items = new ArrayList<T>();
        expect('(');
        do {
            if (items.size() == most) {
                throw expected("no more than " + most + " items");
            }
            items.add(item.apply(this));
        } while (accept(' '));
        expect(')');
        return items;
    }

    /** The same, and there may be nothing between the parentheses. */
    public <T> List<T> listOrNone(int most, Function<CommandReader, T> item) {
        if (at + 1 < to && bytes[at] == '(' && bytes[at + 1] == ')') {
            at += 2;
            return List.of();
        }
        return list(most, item);
    }

    private byte[] quoted() {
        var out = new ByteArrayOutputStream();
        while (at < to && bytes[at] != '"') {
            int c = bytes[at];
            if (c == '\\') {
                at++;
                if (!nextIs('"') && !nextIs('\\')) {
                    throw expected("a quote or a backslash after a backslash");
                }
                c = bytes[at];
            }
            if (c == 0 || c == '\r' || c == '\n') {
                throw expected("no NUL, CR or LF in a quoted string");
            }
            out.write(c);
            at++;
        }
        expect('"');
        return out.toByteArray();
    }

    /** Whether a literal comes next, of either kind. */
    public boolean nextIsLiteral() {
        return nextIs('{') || nextIs('~');
    }

    /**
     * literal or literal8 that stands for a message: its octets are not here.
     *
     * @param binary whether it has to be a literal8
     */
    public Diverted message(boolean binary) {
        if (binary) {
            expect('~');
        } else {
            accept('~');
        }
        expect('{');
        announcement();
        if (unfinished && atEnd()) {
            throw new LiteralAwaited(true);
        }
        return diverted.stream()
                .filter(literal -> literal.at() == offset())
                .findFirst()
                .orElseThrow(() -> expected("a message"));
    }

    private long announcement() {
        int start = at;
        while (nextIsDigit()) {
            at++;
        }
        if (start == at || at - start > LiteralEnd.MOST_DIGITS) {
            at = start;
            throw expected("a number of octets");
        }
        long size = Long.parseLong(ascii(start, at));
        accept('+');
        expect('}');
        accept('\r');
        expect('\n');
        return size;
    }

    private byte[] literal() {
        long size = announcement();
        if (unfinished && atEnd()) {
            throw new LiteralAwaited(false);
        }
        if (size > to - at) {
            throw expected("a literal of " + size + " octets");
        }
        int start = at;
        at += (int) size;
        for (int i = start; i < at; i++) {
            if (bytes[i] == 0) {
                at = i;
                throw expected("no NUL in a literal");
            }
        }
        return Arrays.copyOfRange(bytes, start, at);
    }

    private String ascii(int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }
}

package org.merpati.lib.mime.field;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.merpati.lib.mime.field.Address.Group;
import org.merpati.lib.mime.field.Address.Mailbox;

/**
 * Reads an address list character by character, once. What is collected for an entry is its words and comments and what stood
 * in angle brackets; what they mean is settled when the entry ends.
 */
final class AddressParser {
    /** More than any message has; what comes after is passed over. */
    private static final int MOST = 20_000;

    private final String text;
    private final Comments comments;
    private final List<Address> addresses = new ArrayList<>();
    private int at;
    private int count;
    private boolean openQuote;

    private final StringBuilder words = new StringBuilder();
    private boolean spaceBefore;
    private @Nullable String comment;
    private @Nullable String angle;
    private int wordsBeforeAngle;

    private boolean inGroup;
    private @Nullable String groupName;
    private final List<Mailbox> members = new ArrayList<>();

    AddressParser(String body) {
        text = Folding.remove(body);
        comments = new Comments(text);
    }

    List<Address> parse() {
        while (at < text.length() && count < MOST) {
            char c = text.charAt(at);
            switch (c) {
                case ' ', '\t' -> {
                    spaceBefore = true;
                    at++;
                }
                case ',' -> {
                    endEntry();
                    at++;
                }
                case ';' -> {
                    endEntry();
                    endGroup();
                    at++;
                }
                case ':' -> {
                    beginGroup();
                    at++;
                }
                case '(' -> comment();
                case '"' -> quoted();
                case '<' -> angle();
                case '>' -> at++;
                default -> word();
            }
        }
        endEntry();
        endGroup();
        return addresses;
    }

    private void comment() {
        int end = comments.end(at);
        if (end < 0) {
            word();
            return;
        }
        var content = comments.content(at, end);
        if (!content.isEmpty()) {
            comment = comment == null ? content : comment + " " + content;
        }
        spaceBefore = true;
        at = end;
    }

    private void quoted() {
        int end = openQuote ? -1 : quoteEnd(at);
        if (end < 0) {
            openQuote = true; // nor does a later one end
            at++;
            return;
        }
        boolean localPart = end < text.length() && text.charAt(end) == '@';
        add(localPart ? text.substring(at, end) : Comments.unescape(text.substring(at + 1, end - 1)));
        at = end;
    }

    private int quoteEnd(int from) {
        for (int i = from + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return i + 1;
            }
            if (c == '\\') {
                i++;
            }
        }
        return -1;
    }

    /** Leniently without its end, when another begins or the entry is over (RFC 5322 §3.4 angle-addr). */
    private void angle() {
        int from = at + 1;
        int end = from;
        boolean quoted = false;
        while (end < text.length()) {
            char c = text.charAt(end);
            if (c == '\\' && quoted) {
                end++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '>' || c == '<' || c == ';')) {
                break;
            }
            end++;
        }
        end = Math.min(end, text.length());
        boolean closed = end < text.length() && text.charAt(end) == '>';
        if (!closed) {
            end = unclosed(from, end);
        }
        if (angle != null) {
            nextWithoutComma();
        }
        angle = address(text.substring(from, end));
        wordsBeforeAngle = words.length();
        at = closed ? end + 1 : end;
    }

    /** An address that is not closed ends with its first word. */
    private int unclosed(int from, int limit) {
        int end = Folding.skip(text, from);
        while (end < limit && !Folding.isWhite(text.charAt(end)) && text.charAt(end) != ',') {
            end++;
        }
        return Math.min(end, limit);
    }

    private void word() {
        int from = at;
        if (text.startsWith("=?", at)) {
            int end = EncodedWords.end(text, at);
            if (end > 0) {
                at = end;
            }
        }
        boolean literal = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            literal = literal ? c != ']' : c == '[';
            if (at > from && !literal && " \t,;:\"<>(".indexOf(c) >= 0) {
                break;
            }
            if (at > from && literal && (c == ',' || c == '<')) {
                break;
            }
            at++;
        }
        add(text.substring(from, at));
    }

    private void add(String word) {
        if (spaceBefore && words.length() > 0) {
            words.append(' ');
        }
        words.append(word);
        spaceBefore = false;
    }

    private void beginGroup() {
        if (angle != null || words.isEmpty()) {
            return;
        }
        endGroup();
        groupName = EncodedWords.decode(words.toString()).strip();
        inGroup = true;
        clear();
    }

    private void endGroup() {
        if (inGroup) {
            addresses.add(new Group(Optional.ofNullable(groupName), members));
            members.clear();
            inGroup = false;
            groupName = null;
            count++;
        }
    }

    private void endEntry() {
        var mailbox = entry();
        if (mailbox != null) {
            keep(mailbox);
        }
        clear();
    }

    private void keep(Mailbox mailbox) {
        if (inGroup) {
            members.add(mailbox);
        } else {
            addresses.add(mailbox);
        }
        count++;
    }

    /** Two addresses without a comma: what stands between them names the second. */
    private void nextWithoutComma() {
        var between = words.substring(wordsBeforeAngle).strip();
        words.setLength(wordsBeforeAngle);
        endEntry();
        words.append(between);
    }

    private void clear() {
        words.setLength(0);
        spaceBefore = false;
        comment = null;
        angle = null;
        wordsBeforeAngle = 0;
    }

    private @Nullable Mailbox entry() {
        var phrase = words.toString().strip();
        if (angle != null) {
            var before = words.substring(0, wordsBeforeAngle).strip();
            var name = name(before.isEmpty() ? phrase : before);
            return angle.isEmpty() && name.isEmpty()
                    ? null
                    : new Mailbox(name, Optional.of(angle).filter(a -> !a.isEmpty()));
        }
        if (phrase.isEmpty()) {
            return null;
        }
        var compact = address(phrase);
        if (compact.indexOf('@') < 0) {
            boolean localUser = comment != null && compact.indexOf(' ') < 0; // root (Cron Daemon)
            return localUser
                    ? new Mailbox(Optional.ofNullable(comment), Optional.of(compact))
                    : new Mailbox(name(phrase), Optional.empty());
        }
        return bare(compact);
    }

    /** An address without brackets; leniently with the name's words before it. */
    private Mailbox bare(String compact) {
        int start = compact.startsWith("\"") ? 0 : compact.lastIndexOf(' ', compact.lastIndexOf('@')) + 1;
        int end = compact.indexOf(' ', compact.lastIndexOf('@'));
        var address = compact.substring(start, end < 0 ? compact.length() : end);
        var name = compact.substring(0, start) + (end < 0 ? "" : compact.substring(end));
        return new Mailbox(name(name.strip()), Optional.of(address));
    }

    private Optional<String> name(String phrase) {
        var name = EncodedWords.decode(phrase).strip();
        return name.isEmpty() ? Optional.ofNullable(comment) : Optional.of(name);
    }

    /** Without route (RFC 5322 §4.4), comments, and white space next to at signs and dots. */
    private static String address(String raw) {
        var bare = Comments.remove(raw).strip();
        if (bare.startsWith("@") && bare.indexOf(':') > 0) {
            bare = bare.substring(bare.indexOf(':') + 1).strip();
        }
        if (bare.indexOf(' ') < 0 && bare.indexOf('\t') < 0) {
            return bare;
        }
        var out = new StringBuilder(bare.length());
        boolean quoted = false;
        for (int i = 0; i < bare.length(); i++) {
            char c = bare.charAt(i);
            quoted ^= c == '"' && (i == 0 || bare.charAt(i - 1) != '\\');
            if (!quoted && (c == ' ' || c == '\t')) {
                int next = Folding.skip(bare, i);
                boolean glue = out.isEmpty() || glues(out.charAt(out.length() - 1)) || glues(bare.charAt(next));
                if (!glue) {
                    out.append(' ');
                }
                i = next - 1;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static boolean glues(char c) {
        return c == '@' || c == '.';
    }
}

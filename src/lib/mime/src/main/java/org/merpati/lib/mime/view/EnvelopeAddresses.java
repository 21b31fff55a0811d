package org.merpati.lib.mime.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.merpati.lib.mime.view.Envelope.Address;

/**
 * Reads an address list (RFC 5322 §3.4 and §4.4) for an envelope: routes and groups are kept, quotes are taken off, encoded
 * words stay as they are. Takes anything, and looks at each character a bounded number of times. For one list, one thread.
 */
final class EnvelopeAddresses {
    private static final int MOST = 10_000;
    private static final String SPECIAL = " (\"<,:;=\\@";

    private final String text;
    private final List<Address> found = new ArrayList<>();
    private final StringBuilder words = new StringBuilder();
    private final StringBuilder comment = new StringBuilder();
    private int at;
    private int atSign = -1;
    private boolean spaced;
    private boolean quoted;
    private boolean inGroup;
    private boolean closingQuotes = true;
    private boolean closingComments = true;
    private @Nullable Address angled;

    EnvelopeAddresses(String text) {
        this.text = text;
    }

    List<Address> read() {
        while (at < text.length() && found.size() < MOST) {
            char c = text.charAt(at++);
            switch (c) {
                case ' ' -> spaced = true;
                case '(' -> comment();
                case '"' -> quotedString();
                case '<' -> angle();
                case ',' -> end();
                case ':' -> colon();
                case ';' -> semicolon();
                case '=' -> encodedWord();
                case '\\' -> {
                    if (at < text.length()) {
                        word(text.charAt(at++));
                    }
                }
                default -> {
                    word(c);
                    plainWord();
                }
            }
        }
        end();
        if (inGroup) {
            found.add(Address.GROUP_END);
        }
        return found;
    }

    private void word(char c) {
        if (spaced && !words.isEmpty()) {
            words.append(' ');
        }
        spaced = false;
        if (c == '@') {
            atSign = words.length();
        }
        words.append(c);
    }

    /** What comes up to the next character that may mean something. */
    private void plainWord() {
        int end = at;
        while (end < text.length() && SPECIAL.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        words.append(text, at, end);
        at = end;
    }

    /** An encoded word with all that stands in it, also what has no right to be there, as a comma (RFC 2047 §5). */
    private void encodedWord() {
        int end = at - 1;
        int marks = text.startsWith("=?", end) ? 0 : 4;
        while (marks < 4 && end + 1 < text.length() && text.charAt(end + 1) != ' ') {
            end++;
            marks += text.charAt(end) == '?' ? 1 : 0;
        }
        boolean whole = end >= at && text.startsWith("?=", end);
        word('=');
        if (whole) {
            words.append(text, at, end + 2);
            at = end + 2;
        }
    }

    /** A comment is the name of an address that has no other; comments in comments belong to it. */
    private void comment() {
        if (!comment.isEmpty()) {
            comment.append(' ');
        }
        int depth = 1;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
                if (depth == 0) {
                    break;
                }
            } else if (c == '\\' && at < text.length()) {
                c = text.charAt(at++);
            }
            comment.append(c);
        }
        spaced = true;
    }

    private void quotedString() {
        if (closingQuotes && text.indexOf('"', at) < 0) {
            closingQuotes = false;
        }
        if (!closingQuotes) {
            word('"');
            return;
        }
        if (spaced && !words.isEmpty()) {
            words.append(' ');
        }
        spaced = false;
        quoted = true;
        at = unquoted(at, words);
    }

    /** Copies a quoted string's content. Returns the place after its closing quote. */
    private int unquoted(int start, StringBuilder out) {
        int i = start;
        while (i < text.length() && text.charAt(i) != '"') {
            if (text.charAt(i) == '\\' && i + 1 < text.length()) {
                i++;
            }
            out.append(text.charAt(i++));
        }
        return Math.min(text.length(), i + 1);
    }

    /** An address in angle brackets, with or without a route; a missing bracket is taken to stand before the next comma. */
    private void angle() {
        Optional<String> route = Optional.empty();
        int start = skipSpaces(at);
        if (start < text.length() && text.charAt(start) == '@') {
            int colon = start;
            while (colon < text.length() && ":>;<".indexOf(text.charAt(colon)) < 0) {
                colon++;
            }
            if (colon < text.length() && text.charAt(colon) == ':') {
                route = Optional.of(text.substring(start, colon).replace(" ", ""));
                start = colon + 1;
            }
        }
        spaced = true;
        int end = plainEnd(start);
        if (end >= 0) {
            var address = text.substring(start, end);
            angled = address(Optional.empty(), route, address, address.lastIndexOf('@'));
            at = end + 1;
            return;
        }
        var address = new StringBuilder();
        int sign = -1;
        at = start;
        while (at < text.length() && ">,;<".indexOf(text.charAt(at)) < 0) {
            char c = text.charAt(at++);
            int after = c == '(' ? commentEnd(at) : 0;
            if (c == '"') {
                at = unquoted(at, address);
            } else if (after > 0) {
                at = after;
            } else if (c != ' ') {
                if (c == '@') {
                    sign = address.length();
                }
                address.append(c);
            }
        }
        if (at < text.length() && text.charAt(at) == '>') {
            at++;
        }
        angled = address(Optional.empty(), route, address.toString(), sign);
    }

    /** The place of the bracket behind an address that is written without spaces, quotes and comments; else -1. */
    private int plainEnd(int start) {
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '>') {
                return i;
            }
            if (" \"(,;<".indexOf(c) >= 0) {
                return -1;
            }
        }
        return -1;
    }

    /** The place behind the comment that begins before this one; 0 when it has no end. */
    private int commentEnd(int start) {
        int depth = 1;
        for (int i = start; closingComments && i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return i + 1;
            }
        }
        closingComments = false;
        return 0;
    }

    private int skipSpaces(int start) {
        int i = start;
        while (i < text.length() && text.charAt(i) == ' ') {
            i++;
        }
        return i;
    }

    private void colon() {
        if (inGroup || angled != null || atSign >= 0) {
            word(':');
        } else {
            found.add(Address.groupBegin(words.toString()));
            inGroup = true;
            clear();
        }
    }

    private void semicolon() {
        end();
        if (inGroup) {
            found.add(Address.GROUP_END);
            inGroup = false;
        }
    }

    /** Ends an entry of the list; one that is empty is none. */
    private void end() {
        var name = words.isEmpty() ? comment : words;
        if (angled != null) {
            boolean nothing = name.isEmpty()
                    && angled.mailbox().equals(Optional.of(""))
                    && angled.host().equals(Optional.of(""));
            if (!nothing) {
                var given = name.isEmpty() ? Optional.<String>empty() : Optional.of(FieldText.encoded(name.toString()));
                found.add(new Address(given, angled.route(), angled.mailbox(), angled.host()));
            }
        } else if (!words.isEmpty() || quoted) {
            found.add(bare());
        }
        clear();
    }

    /** An entry without angle brackets: an address, or a name alone. */
    private Address bare() {
        if (atSign < 0 && (quoted || words.indexOf(" ") >= 0)) {
            return address(Optional.of(FieldText.encoded(words.toString())), Optional.empty(), "", -1);
        }
        var given = comment.isEmpty() ? Optional.<String>empty() : Optional.of(FieldText.encoded(comment.toString()));
        return address(given, Optional.empty(), words.toString(), atSign);
    }

    /** @param sign where the at sign between mailbox and host stands, or -1 */
    private static Address address(Optional<String> name, Optional<String> route, String address, int sign) {
        var mailbox = sign < 0 ? address : address.substring(0, sign).stripTrailing();
        var host = sign < 0 ? "" : address.substring(sign + 1).replace(" ", "");
        return new Address(name, route, Optional.of(mailbox), Optional.of(host));
    }

    private void clear() {
        words.setLength(0);
        comment.setLength(0);
        atSign = -1;
        spaced = false;
        quoted = false;
        angled = null;
    }
}

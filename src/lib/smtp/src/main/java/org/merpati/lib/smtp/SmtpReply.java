package org.merpati.lib.smtp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A reply as a value (RFC 5321 §4.2). The enhanced code stands in every line once it is written, not in {@link #lines}.
 *
 * @param lines the text, at least one line; printable ASCII
 */
public record SmtpReply(int code, Optional<EnhancedCode> enhanced, List<String> lines) {
    /** RFC 5321 §4.5.3.1.5, less code, separator and CRLF. */
    private static final int LONGEST_TEXT = 512 - 4 - 2;

    public SmtpReply {
        lines = List.copyOf(lines);
        if (code < 200 || code > 599) {
            throw new IllegalArgumentException("no reply code: " + code);
        }
        if (enhanced.isPresent() && enhanced.get().status() != code / 100) {
            throw new IllegalArgumentException(code + " and " + enhanced.get() + " disagree");
        }
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("a reply has at least one line");
        }
        int taken = enhanced.map(e -> e.toString().length() + 1).orElse(0);
        for (var line : lines) {
            if (line.length() + taken > LONGEST_TEXT || !line.chars().allMatch(SmtpReply::isText)) {
                throw new IllegalArgumentException("no reply text: a line is too long or not printable ASCII");
            }
        }
    }

    /** A reply as RFC 2034 §4 asks for: with an enhanced code. */
    public static SmtpReply of(int code, String enhanced, String... lines) {
        return new SmtpReply(code, Optional.of(EnhancedCode.of(enhanced)), List.of(lines));
    }

    /** A reply that has no enhanced code: the greeting, the answers to EHLO and HELO, and all 3xx (RFC 2034 §4). */
    public static SmtpReply plain(int code, String... lines) {
        return new SmtpReply(code, Optional.empty(), List.of(lines));
    }

    /**
     * A reply as another server sent it, line by line without the CRLFs. An enhanced code that contradicts the reply's code
     * or is not on every line stays in the text; what is not printable becomes a question mark.
     *
     * @throws IOException when it is no reply
     */
    public static SmtpReply read(List<String> wire) throws IOException {
        if (wire.isEmpty() || !wire.get(0).matches("(?s)[2-5][0-9]{2}([ -].*)?")) {
            throw new IOException("not an SMTP reply");
        }
        int code = Integer.parseInt(wire.get(0), 0, 3, 10);
        var texts = new ArrayList<String>(wire.size());
        for (var line : wire) {
            if (!line.startsWith(wire.get(0).substring(0, 3))) {
                throw new IOException("the lines of an SMTP reply disagree");
            }
            texts.add(printable(line.substring(Math.min(4, line.length()))));
        }
        var enhanced = EnhancedCode.leading(texts.get(0)).filter(e -> e.status() == code / 100);
        if (enhanced.isPresent()
                && texts.stream().allMatch(t -> EnhancedCode.leading(t).equals(enhanced))) {
            texts.replaceAll(
                    text -> text.substring(Math.min(enhanced.get().toString().length() + 1, text.length())));
            return new SmtpReply(code, enhanced, texts);
        }
        return new SmtpReply(code, Optional.empty(), texts);
    }

    /** The text as it can stand in a reply: what is not printable ASCII becomes a question mark, and the end may be missing. */
    public static String printable(String text) {
        var shown = new StringBuilder(text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text);
        for (int i = 0; i < shown.length(); i++) {
            if (!isText(shown.charAt(i))) {
                shown.setCharAt(i, '?');
            }
        }
        return shown.toString();
    }

    /** 2xx or 3xx: go on. */
    public boolean positive() {
        return code < 400;
    }

    /** 4xx: the same again later may succeed. */
    public boolean temporary() {
        return code / 100 == 4;
    }

    /** The reply as it goes over the wire, without the CRLFs. */
    public List<String> wireLines() {
        var prefix = enhanced.map(e -> e + " ").orElse("");
        var wire = new ArrayList<String>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            wire.add(code + (i + 1 < lines.size() ? "-" : " ") + prefix + lines.get(i));
        }
        return wire;
    }

    @Override
    public String toString() {
        return String.join(" / ", wireLines());
    }

    private static boolean isText(int c) {
        return (c >= 0x20 && c < 0x7f) || c == '\t'; // textstring, RFC 5321 §4.2
    }
}

package org.merpati.lib.smtp;

import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import org.merpati.lib.smtp.SmtpSyntaxException.Fault;

/** A place in one command line, for the grammars in {@code path} and {@code command}. */
public final class CommandReader {
    private final String line;
    private final Set<Leniency> leniencies;
    private final Set<Extension> offered;
    private final boolean utf8;
    private int at;

    /**
     * @param octets a line without its CRLF, one char per octet; read as UTF-8 if it is that and SMTPUTF8 is offered (RFC 6531
     *     §3.3)
     */
    public CommandReader(String octets, Set<Leniency> leniencies, Set<Extension> offered) {
        var line = offered.contains(Extension.SMTPUTF8) ? Utf8.decode(octets).orElse(octets) : octets;
        this.utf8 = !line.equals(octets);
        this.offered = offered;
        this.line = leniencies.contains(Leniency.TRAILING_WHITE_SPACE) ? stripEnd(line) : line;
        this.leniencies = leniencies;
    }

    public boolean allows(Leniency leniency) {
        return leniencies.contains(leniency);
    }

    /** What the server has offered. */
    public Set<Extension> offered() {
        return offered;
    }

    /** Whether this may stand in an address: characters that are not ASCII only where the line was read as UTF-8. */
    public boolean mayHold(int c) {
        return c < 0x7f || (utf8 && c > 0x7f);
    }

    public boolean atEnd() {
        return at == line.length();
    }

    /** How far the reader has come. */
    public int position() {
        return at;
    }

    /** What has been taken since that position. */
    public String since(int position) {
        return line.substring(position, at);
    }

    /** The next character; NUL at the end of the line, and nowhere else once {@link #refuseIllegalCharacters} is through. */
    public char peek() {
        return atEnd() ? 0 : line.charAt(at);
    }

    /** Takes this character if it is the next. */
    public boolean take(char c) {
        boolean there = !atEnd() && line.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    /** Takes this word, in any case, if it is next. */
    public boolean take(String word) {
        boolean there = line.regionMatches(true, at, word, 0, word.length());
        at += there ? word.length() : 0;
        return there;
    }

    /** Takes what comes as long as the predicate holds; may be nothing. */
    public String takeWhile(IntPredicate characters) {
        int start = at;
        while (at < line.length() && characters.test(line.charAt(at))) {
            at++;
        }
        return line.substring(start, at);
    }

    /** Takes the rest of the line. */
    public String rest() {
        int start = at;
        at = line.length();
        return line.substring(start);
    }

    /** @throws SmtpSyntaxException unless the line ends here */
    public void end() {
        if (!atEnd()) {
            throw new SmtpSyntaxException(Fault.ARGUMENT, "Nothing may follow at offset " + at);
        }
    }

    /** @throws SmtpSyntaxException when the line has anything but printable ASCII and tabs (RFC 5321 §4.1.2) */
    public void refuseIllegalCharacters() {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if ((Character.isISOControl(c) && c != '\t') || (c > 0x7f && !utf8)) {
                throw new SmtpSyntaxException(Fault.CHARACTER, "Only printable ASCII is allowed, see offset " + i);
            }
        }
    }

    /** The failure to find something here. */
    public SmtpSyntaxException expected(Fault fault, String what) {
        return new SmtpSyntaxException(fault, String.format(Locale.ROOT, "Expected %s at offset %d", what, at));
    }

    private static String stripEnd(String line) {
        int end = line.length();
        while (end > 0 && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\t')) {
            end--;
        }
        return line.substring(0, end);
    }
}

package org.merpati.lib.smtp.path;

import java.nio.charset.StandardCharsets;
import org.merpati.lib.smtp.CommandReader;
import org.merpati.lib.smtp.Leniency;
import org.merpati.lib.smtp.SmtpSyntaxException;
import org.merpati.lib.smtp.SmtpSyntaxException.Fault;

/** The rules of RFC 5321 §4.1.2 from Path downwards. */
final class PathGrammar {
    /** RFC 5321 §4.5.3.1.3; a source route, which is dropped, is not counted. */
    private static final int LONGEST_PATH = 256;

    private static final int LONGEST_LOCAL_PART = 64; // §4.5.3.1.1

    private PathGrammar() {}

    /** Path. */
    static Mailbox path(CommandReader in, Fault fault) {
        if (!in.take('<')) {
            throw in.expected(fault, "an address in angle brackets");
        }
        if (in.peek() == '@') {
            sourceRoute(in, fault);
        }
        int start = in.position();
        var local = localPart(in, fault);
        if (octets(local) > LONGEST_LOCAL_PART && !in.allows(Leniency.LONG_LOCAL_PART)) {
            throw new SmtpSyntaxException(fault, "Path too long: a local part has at most 64 octets");
        }
        if (!in.take('@')) {
            throw in.expected(fault, "@ and a domain");
        }
        var domain = DomainGrammar.domainOrLiteral(in, fault);
        if (octets(in.since(start)) + 2 > LONGEST_PATH) {
            throw new SmtpSyntaxException(fault, "Path too long: at most 256 octets");
        }
        if (!in.take('>')) {
            throw in.expected(fault, "> after the address");
        }
        return new Mailbox(local, domain);
    }

    /** A-d-l and its colon: taken and ignored (RFC 5321 appendix C). */
    private static void sourceRoute(CommandReader in, Fault fault) {
        do {
            if (!in.take('@')) {
                throw in.expected(fault, "@ and a domain of the source route");
            }
            DomainGrammar.domain(in, fault);
        } while (in.take(','));
        if (!in.take(':')) {
            throw in.expected(fault, ": after the source route");
        }
    }

    private static String localPart(CommandReader in, Fault fault) {
        return in.peek() == '"' ? quotedString(in, fault) : dotString(in, fault);
    }

    /** Dot-string. */
    private static String dotString(CommandReader in, Fault fault) {
        var local = new StringBuilder();
        do {
            var atom = in.takeWhile(c -> isAtext(c) && in.mayHold(c));
            if (atom.isEmpty()) {
                throw in.expected(fault, "a local part");
            }
            local.append(local.isEmpty() ? "" : ".").append(atom);
        } while (in.take('.'));
        return local.toString();
    }

    /** Quoted-string, without its quotes. */
    private static String quotedString(CommandReader in, Fault fault) {
        in.take('"');
        var local = new StringBuilder();
        while (!in.take('"')) {
            boolean pair = in.take('\\');
            char c = in.peek();
            if (c < 0x20 || !in.mayHold(c)) {
                throw in.expected(fault, pair ? "a character after the backslash" : "the end of the quoted local part");
            }
            in.take(c);
            local.append(c);
        }
        if (local.isEmpty()) {
            throw in.expected(fault, "a local part that is not empty"); // the grammar allows it; nobody can have it
        }
        return local.toString();
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    static String quoted(String local) {
        boolean atoms = !local.startsWith(".")
                && !local.endsWith(".")
                && !local.contains("..")
                && local.chars().allMatch(c -> c == '.' || isAtext(c));
        return atoms ? local : '"' + local.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** RFC 5322 §3.2.3, RFC 6531 §3.3; the line's reader has refused what is not ASCII where it is not offered. */
    private static boolean isAtext(int c) {
        return c > 0x7f || DomainGrammar.isLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0;
    }
}

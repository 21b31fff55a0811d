package org.merpati.lib.smtp.path;

import org.merpati.lib.smtp.CommandReader;
import org.merpati.lib.smtp.SmtpSyntaxException;
import org.merpati.lib.smtp.SmtpSyntaxException.Fault;

/** Domain and address-literal (RFC 5321 §4.1.2, §4.1.3). */
public final class DomainGrammar {
    private static final int LONGEST = 255; // RFC 5321 §4.5.3.1.2
    private static final int LONGEST_LABEL = 63; // RFC 1035 §2.3.4

    private DomainGrammar() {}

    /** {@code Domain / address-literal}. */
    public static MailDomain domainOrLiteral(CommandReader in, Fault fault) {
        return in.peek() == '[' ? literal(in, fault) : domain(in, fault);
    }

    static MailDomain.Name domain(CommandReader in, Fault fault) {
        int start = in.position();
        var name = new StringBuilder();
        do {
            var label = in.takeWhile(
                    c -> isLetterOrDigit(c) || c == '-' || (c > 0x7f && in.mayHold(c))); // U-label, RFC 6531 §3.3
            if (label.isEmpty() || label.length() > LONGEST_LABEL || label.startsWith("-") || label.endsWith("-")) {
                throw in.expected(fault, "a domain name");
            }
            name.append(name.isEmpty() ? "" : ".").append(label);
        } while (in.take('.'));
        if (in.position() - start > LONGEST) {
            throw new SmtpSyntaxException(fault, "Domain too long: at most 255 octets");
        }
        return new MailDomain.Name(name.toString());
    }

    private static MailDomain.Literal literal(CommandReader in, Fault fault) {
        in.take('[');
        var text = in.takeWhile(c -> c > 0x20 && c < 0x7f && c != '[' && c != '\\' && c != ']');
        if (!in.take(']') || text.length() > LONGEST) {
            throw in.expected(fault, "an address literal");
        }
        return AddressLiteral.parse(text).orElseThrow(() -> in.expected(fault, "an address literal"));
    }

    static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}

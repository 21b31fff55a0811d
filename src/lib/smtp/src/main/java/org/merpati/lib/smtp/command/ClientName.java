package org.merpati.lib.smtp.command;

import org.merpati.lib.smtp.CommandReader;
import org.merpati.lib.smtp.Leniency;
import org.merpati.lib.smtp.SmtpSyntaxException.Fault;
import org.merpati.lib.smtp.path.DomainGrammar;

/** The argument of EHLO and HELO. */
final class ClientName {
    private static final int LONGEST = 255; // RFC 5321 §4.5.3.1.2

    private ClientName() {}

    static String parse(CommandReader in) {
        if (!in.take(' ') || in.atEnd()) {
            throw in.expected(Fault.ARGUMENT, "the client's domain name or address literal");
        }
        String name = in.allows(Leniency.HELO_NAME)
                ? in.takeWhile(c -> c > ' ')
                : DomainGrammar.domainOrLiteral(in, Fault.ARGUMENT).toString();
        if (name.isEmpty() || name.length() > LONGEST) {
            throw in.expected(Fault.ARGUMENT, "a name of 1 to 255 octets");
        }
        in.end();
        return name;
    }
}

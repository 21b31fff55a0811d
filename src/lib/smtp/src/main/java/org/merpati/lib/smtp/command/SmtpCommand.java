package org.merpati.lib.smtp.command;

import java.util.Set;
import org.merpati.lib.smtp.CommandReader;
import org.merpati.lib.smtp.Extension;
import org.merpati.lib.smtp.Leniency;
import org.merpati.lib.smtp.SmtpInput;
import org.merpati.lib.smtp.SmtpSyntaxException;
import org.merpati.lib.smtp.SmtpSyntaxException.Fault;

/** A command that has been read. Its sealed parent says when it may come (RFC 5321 §4.1.4). */
public sealed interface SmtpCommand {
    /** May come at any time. */
    sealed interface AnyTime extends SmtpCommand
            permits Ehlo, Helo, Rset, Noop, Quit, Vrfy, Help, Lhlo, Auth, StartTls, Bdat, NotOffered {}

    /** Begins a transaction: after EHLO or HELO, while no transaction is open. */
    sealed interface BeginsTransaction extends SmtpCommand permits Mail {}

    /** Belongs to an open transaction. */
    sealed interface InTransaction extends SmtpCommand permits Rcpt, Data {}

    /**
     * Octets of a line without its CRLF. RFC 5321 §4.5.3.1.4 has 512 and lets extensions raise it (RFC 1870 §3 by 26, RFC 3461 §5
     * and RFC 4954 §4 by 500 each and more); one limit with room for all of them is as safe. AUTH alone may be as long as a line
     * can be (RFC 4954 §4).
     */
    int LONGEST = 2_046;

    SmtpVerb verb();

    /**
     * Reads a command line.
     *
     * @param line without its CRLF, one char per octet, as {@link org.merpati.lib.smtp.SmtpInput#line} gives it
     * @param offered what the server has offered: verbs of other extensions are {@link NotOffered}, parameters of them unknown;
     *     with SMTPUTF8 among them addresses may be UTF-8, and the values hold characters then
     * @throws SmtpSyntaxException with the reply that says what is wrong with it
     */
    static SmtpCommand parse(String line, Set<Leniency> leniencies, Set<Extension> offered) {
        var in = new CommandReader(line, leniencies, offered);
        var verb = SmtpVerb.of(in.takeWhile(c -> c > ' ' && c < 0x7f))
                .orElseThrow(() -> new SmtpSyntaxException(Fault.UNRECOGNISED, "Command not recognised"));
        if (verb != SmtpVerb.AUTH && line.length() > LONGEST) {
            throw new SmtpSyntaxException(Fault.LINE_TOO_LONG, SmtpInput.TOO_LONG);
        }
        in.refuseIllegalCharacters();
        return verb.parse(in);
    }
}

package org.merpati.lib.smtp.command;

import java.util.Set;
import org.merpati.lib.smtp.CommandReader;
import org.merpati.lib.smtp.Leniency;
import org.merpati.lib.smtp.SmtpSyntaxException;
import org.merpati.lib.smtp.SmtpSyntaxException.Fault;

/** A command that has been read. Its sealed parent says when it may come (RFC 5321 §4.1.4). */
public sealed interface SmtpCommand {
    /** May come at any time. */
    sealed interface AnyTime extends SmtpCommand permits Ehlo, Helo, Rset, Noop, Quit, Vrfy, Help, NotOffered {}

    /** Begins a transaction: after EHLO or HELO, while no transaction is open. */
    sealed interface BeginsTransaction extends SmtpCommand permits Mail {}

    /** Belongs to an open transaction. */
    sealed interface InTransaction extends SmtpCommand permits Rcpt, Data {}

    SmtpVerb verb();

    /**
     * Reads a command line.
     *
     * @param line without its CRLF, one char per octet, as {@link org.merpati.lib.smtp.SmtpInput#line} gives it
     * @throws SmtpSyntaxException with the reply that says what is wrong with it
     */
    static SmtpCommand parse(String line, Set<Leniency> leniencies) {
        var in = new CommandReader(line, leniencies);
        var verb = SmtpVerb.of(in.takeWhile(c -> c > ' ' && c < 0x7f))
                .orElseThrow(() -> new SmtpSyntaxException(Fault.UNRECOGNISED, "Command not recognised"));
        in.refuseIllegalCharacters();
        return verb.parse(in);
    }
}

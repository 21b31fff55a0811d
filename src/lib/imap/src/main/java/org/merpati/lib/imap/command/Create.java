package org.merpati.lib.imap.command;

import java.util.List;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;
import org.merpati.lib.imap.MailboxName;

/**
 * CREATE. RFC 9051 §6.3.4, RFC 6154 §3.
 *
 * @param mailbox as the client wrote it, a {@code /} at its end with it
 * @param uses special-use attributes with their backslash, as the client wrote them
 */
public record Create(MailboxName mailbox, List<String> uses) implements MailboxCommand {
    private static final int MOST_USES = 20;

    public Create {
        uses = List.copyOf(uses);
    }

    static Create parse(CommandReader in) {
        var mailbox = in.space().mailbox();
        List<String> uses = in.accept(' ') ? parameters(in) : List.of();
        in.end();
        return new Create(mailbox, uses);
    }

    /** create-params of RFC 4466 §2.2, of which USE is the only one. */
    private static List<String> parameters(CommandReader in) {
        in.expect('(');
        int before = in.offset();
        if (!in.word("a parameter of CREATE").equals("USE")) {
            throw new ImapSyntaxException("USE", before);
        }
        var uses = in.space().listOrNone(MOST_USES, use -> use.expect('\\').atom());
        in.expect(')');
        return uses.stream().map(use -> '\\' + use).toList();
    }
}

package org.merpati.lib.imap.command;

import java.util.OptionalLong;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;
import org.merpati.lib.imap.MessageSet;

/**
 * STORE and UID STORE. RFC 9051 §6.4.6, §6.4.9.
 *
 * @param silent whether the client does not want to be told the flags
 * @param unchangedSince only messages without a greater modseq (RFC 7162 §3.1.3)
 */
public record Store(
        MessageSet messages, boolean byUid, Action action, boolean silent, Flags flags, OptionalLong unchangedSince)
        implements SelectedCommand {
    /** What becomes of the flags named. */
    public enum Action {
        REPLACE,
        ADD,
        REMOVE
    }

    static Store parse(CommandReader in) {
        var messages = in.space().messages();
        in.space();
        var unchangedSince = unchangedSince(in);
        var action = in.accept('+') ? Action.ADD : in.accept('-') ? Action.REMOVE : Action.REPLACE;
        int before = in.offset();
        var item = in.word("FLAGS or FLAGS.SILENT");
        if (!item.equals("FLAGS") && !item.equals("FLAGS.SILENT")) {
            throw new ImapSyntaxException("FLAGS or FLAGS.SILENT", before);
        }
        in.space();
        var flags = in.nextIs('(') ? Flags.list(in) : Flags.bare(in);
        in.end();
        return new Store(messages, in.byUid(), action, item.equals("FLAGS.SILENT"), flags, unchangedSince);
    }

    private static OptionalLong unchangedSince(CommandReader in) {
        if (!in.accept('(')) {
            return OptionalLong.empty();
        }
        if (!in.acceptWord("UNCHANGEDSINCE")) {
            throw in.expected("UNCHANGEDSINCE");
        }
        long modSeq = in.space().modSeq();
        in.expect(')').space();
        return OptionalLong.of(modSeq);
    }
}

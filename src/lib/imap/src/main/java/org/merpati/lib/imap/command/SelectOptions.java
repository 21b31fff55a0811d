package org.merpati.lib.imap.command;

import java.util.Optional;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;
import org.merpati.lib.imap.MessageSet.UidSet;

/**
 * What stands in parentheses after the mailbox (RFC 7162 §3.1.8, §3.2.5).
 *
 * @param condstore whether CONDSTORE was asked for
 */
public record SelectOptions(boolean condstore, Optional<Resync> resync) {
    public static final SelectOptions NONE = new SelectOptions(false, Optional.empty());

    /**
     * What the client knows of the mailbox already.
     *
     * @param modSeq up to which it knows what changed
     * @param known the uids it knows; empty: all up to the last one
     */
    public record Resync(long uidValidity, long modSeq, Optional<UidSet> known) {}

    static SelectOptions parse(CommandReader in) {
        var options = NONE;
        if (in.accept(' ')) {
            in.expect('(');
            do {
                int before = in.offset();
                options = switch (in.word("CONDSTORE or QRESYNC")) {
                    case "CONDSTORE" -> new SelectOptions(true, options.resync);
                    case "QRESYNC" -> new SelectOptions(options.condstore, Optional.of(resync(in.space())));
                    default -> throw new ImapSyntaxException("CONDSTORE or QRESYNC", before);
                };
            } while (in.accept(' '));
            in.expect(')');
        }
        in.end();
        return options;
    }

    /** The numbers that match known uids are passed over: the index makes them unnecessary. */
    private static Resync resync(CommandReader in) {
        long uidValidity = in.expect('(').nzNumber();
        long modSeq = in.space().modSeq();
        Optional<UidSet> known = Optional.empty();
        while (in.accept(' ')) {
            if (in.accept('(')) {
                in.uidSet();
                in.space().uidSet();
                in.expect(')');
                break;
            }
            if (known.isPresent()) {
                throw in.expected("known sequence numbers and uids in parentheses");
            }
            known = Optional.of(in.uidSet());
        }
        in.expect(')');
        return new Resync(uidValidity, modSeq, known);
    }
}

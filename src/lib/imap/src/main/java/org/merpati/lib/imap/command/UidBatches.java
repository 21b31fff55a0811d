package org.merpati.lib.imap.command;

import java.util.Optional;
import org.merpati.lib.imap.CommandReader;

/**
 * UIDBATCHES. RFC 10022 §3.1.
 *
 * @param size messages of a batch
 * @param wanted which batches, from 1, the one with the highest uids; empty for all
 */
public record UidBatches(long size, Optional<PartialRange> wanted) implements SelectedCommand {
    static UidBatches parse(CommandReader in) {
        long size = in.space().nzNumber();
        Optional<PartialRange> wanted = in.accept(' ') ? Optional.of(batches(in)) : Optional.empty();
        in.end();
        return new UidBatches(size, wanted);
    }

    private static PartialRange batches(CommandReader in) {
        long first = in.nzNumber();
        in.expect(':');
        long last = in.nzNumber();
        if (last < first) {
            throw in.expected("the lower number of a batch before the higher one");
        }
        return new PartialRange(first, last);
    }
}

package org.merpati.lib.imap.command;

import java.util.Optional;
import org.merpati.lib.imap.CommandReader;

/**
 * UIDBATCHES. RFC 10022 §3.1.
 *
 * @param size messages of a batch
 * @param wanted empty for all batches
 */
public record UidBatches(long size, Optional<Batches> wanted) implements SelectedCommand {
    /** From 1, the batch with the highest uids, which the client wrote first. */
    public record Batches(long first, long last) {}

    static UidBatches parse(CommandReader in) {
        long size = in.space().nzNumber();
        Optional<Batches> wanted = in.accept(' ') ? Optional.of(batches(in)) : Optional.empty();
        in.end();
        return new UidBatches(size, wanted);
    }

    private static Batches batches(CommandReader in) {
        long first = in.nzNumber();
        in.expect(':');
        long last = in.nzNumber();
        if (last < first) {
            throw in.expected("the lower number of a batch before the higher one");
        }
        return new Batches(first, last);
    }
}

package org.merpati.core.store;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.store.index.IndexRow;
import org.merpati.core.store.index.MailboxIndex;

/** What somebody who knows a mailbox as of some modseq has missed. */
final class ChangedRows {
    private ChangedRows() {}

    /** By modseq. */
    static List<IndexRow> since(MailboxIndex index, ModSeq since) {
        return IntStream.range(0, index.size())
                .mapToObj(index::row)
                .filter(row -> row.modSeq() > since.value())
                .sorted(Comparator.comparingLong(IndexRow::modSeq))
                .toList();
    }
}

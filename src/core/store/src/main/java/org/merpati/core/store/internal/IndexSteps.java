package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.store.AfterCommit;
import org.merpati.core.store.Messages.Flags;
import org.merpati.core.store.index.IndexRow;

/**
 * Makes the index in memory follow a transaction without reading what that has written. Who calls knows, under the account's
 * lock, the mailbox's modseq before, and names all that its new modseq is for: else the index would be called by that modseq
 * and lack something for good. So whoever changes a mailbox in more ways than these does not call, and it is read as ever.
 */
@ApplicationScoped
public class IndexSteps {
    @Inject
    AfterCommit afterCommit;

    @Inject
    IndexCache indexes;

    /** These messages have other flags, and nothing else is different. */
    void flagged(MailboxId mailbox, ModSeq before, ModSeq now, List<Flags> changed) {
        afterCommit.run(() -> indexes.step(mailbox, before, index -> {
            var rows = new ArrayList<IndexRow>(changed.size());
            for (var flags : changed) {
                int place = index.find(flags.uid().value());
                if (place >= 0) {
                    rows.add(index.row(place).with(flags.modSeq().value(), flags.deleted(), flags.keywords()));
                }
            }
            return index.with(now, rows, List.of());
        }));
    }

    /** These messages are there besides. */
    void added(MailboxId mailbox, ModSeq before, ModSeq now, List<IndexRow> rows) {
        change(mailbox, before, now, rows, List.of());
    }

    /** The messages with these uids are gone. */
    void removed(MailboxId mailbox, ModSeq before, ModSeq now, List<Long> uids) {
        change(mailbox, before, now, List.of(), uids);
    }

    private void change(MailboxId mailbox, ModSeq before, ModSeq now, List<IndexRow> rows, List<Long> gone) {
        afterCommit.run(() -> indexes.step(mailbox, before, index -> index.with(now, rows, gone)));
    }
}

package org.merpati.core.imap.search;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Messages;
import org.merpati.core.store.Messages.Scanned;

/** Reads what the store has of chosen messages of a view, a page at a time. */
record Rows(Door door, AccountId account, MailboxId mailbox, View view) {
    @FunctionalInterface
    interface Visitor {
        /** @param index in the view */
        void visit(int index, Scanned row) throws IOException;
    }

    /** Those of the chosen messages that there are, ascending. */
    void visit(BitSet chosen, boolean structures, Visitor visitor) throws IOException {
        for (int first = chosen.nextSetBit(0); first >= 0; ) {
            int last = chosen.previousSetBit(Math.min(first + Messages.PAGE, view.size()) - 1);
            for (var row : page(first, last, structures)) {
                int index = view.messages().ceiling(row.uid().value());
                if (chosen.get(index) && view.uid(index) == row.uid().value()) {
                    visitor.visit(index, row);
                }
            }
            first = chosen.nextSetBit(last + 1);
        }
    }

    /** The view has no more messages between these than one page holds, and the mailbox has none that is not in the view. */
    private List<Scanned> page(int first, int last, boolean structures) {
        var after = new Uid(view.uid(first) - 1);
        var upTo = new Uid(view.uid(last));
        return door.call(services -> services.get(Messages.class).scan(account, mailbox, after, upTo, structures))
                .orThrow();
    }
}

package org.merpati.core.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.OptionalLong;
import org.merpati.lib.imap.NumberRange;
import org.merpati.lib.imap.command.UidBatches;
import org.merpati.lib.imap.response.Response;
import org.merpati.lib.imap.response.ResponseCode.Plain;

/**
 * UIDBATCHES (RFC 10022 §3.1): where the mailbox falls into parts of so many messages each, from the newest down. A part ends with
 * messages that are there, but for the last one, which goes down to 1.
 */
final class UidBatchesHandler {
    /** That many have to be allowed. */
    private static final int LEAST = 500;

    private final Conversation conversation;
    private final SelectedMailbox mailbox;

    UidBatchesHandler(Conversation conversation, SelectedMailbox mailbox) {
        this.conversation = conversation;
        this.mailbox = mailbox;
    }

    Completion run(UidBatches command) throws IOException {
        if (command.size() < LEAST) {
            return Completion.no(Plain.TOOFEW, "A batch has at least " + LEAST + " messages");
        }
        int size = (int) Math.min(command.size(), Integer.MAX_VALUE);
        var limit = conversation.surroundings().messageLimit();
        if (limit.exceeded(size)) {
            return limit.refusal(OptionalLong.empty());
        }
        var view = mailbox.view();
        var wanted = command.wanted().orElse(new UidBatches.Batches(1, Long.MAX_VALUE));
        var uids = new ArrayList<NumberRange>();
        long left = view.size() - (wanted.first() - 1) * size;
        for (long batch = wanted.first(); left > 0 && batch <= wanted.last(); batch++) {
            long high = view.uid((int) left - 1);
            left -= size;
            uids.add(new NumberRange(high, left > 0 ? view.uid((int) left) : 1));
        }
        conversation.out().send(new Response.UidBatches(conversation.tag(), uids));
        return Completion.ok("UIDBATCHES completed");
    }
}

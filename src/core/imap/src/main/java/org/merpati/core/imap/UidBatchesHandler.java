package org.merpati.core.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.OptionalLong;
import org.merpati.lib.imap.NumberRange;
import org.merpati.lib.imap.command.PartialRange;
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
        int batches = Math.ceilDiv(view.size(), size);
        var wanted = command.wanted().orElse(new PartialRange(1, Long.MAX_VALUE));
        var uids = new ArrayList<NumberRange>();
        for (int batch = wanted.from(batches); batch < wanted.to(batches); batch++) {
            int above = view.size() - batch * size;
            uids.add(new NumberRange(view.uid(above - 1), above > size ? view.uid(above - size) : 1));
        }
        conversation.out().send(new Response.UidBatches(conversation.tag(), uids));
        return Completion.ok("UIDBATCHES completed");
    }
}

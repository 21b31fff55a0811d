package org.merpati.core.imap;

import java.util.Optional;
import java.util.stream.LongStream;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Messages;
import org.merpati.core.store.index.MailboxIndex;
import org.merpati.lib.imap.MessageSet.UidSet;

/** Which messages a client knows though they are gone (RFC 7162 §3.2.5.2, §3.2.6). */
final class Vanished {
    private final Conversation conversation;
    private final MailboxId mailbox;
    private final MailboxIndex index;

    Vanished(Conversation conversation, MailboxId mailbox, MailboxIndex index) {
        this.conversation = conversation;
        this.mailbox = mailbox;
        this.index = index;
    }

    /**
     * Ascending. Where the history does not reach back that far it is every uid of the set that is not there.
     *
     * @param among empty: all there may have been
     * @param last the greatest uid that has been given
     */
    LongStream since(ModSeq since, Optional<UidSet> among, long last) {
        var expunged = conversation.call(services ->
                services.get(Messages.class).vanished(conversation.account(), mailbox, since, new Uid(last)));
        if (expunged.isPresent()) {
            return expunged.get().stream()
                    .mapToLong(Uid::value)
                    .filter(uid -> among.isEmpty() || contains(among.get(), uid, last));
        }
        return among.map(set -> set.ranges().stream()
                        .flatMapToLong(
                                range -> LongStream.rangeClosed(range.low(last), Math.min(last, range.high(last))))
                        .sorted()
                        .distinct())
                .orElseGet(() -> LongStream.rangeClosed(1, last))
                .filter(uid -> index.find(uid) < 0);
    }

    private static boolean contains(UidSet set, long uid, long last) {
        return set.ranges().stream().anyMatch(range -> range.low(last) <= uid && uid <= range.high(last));
    }
}

package org.merpati.core.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.store.index.MailboxIndex;
import org.merpati.lib.imap.command.Feature;
import org.merpati.lib.imap.response.FetchValue;
import org.merpati.lib.imap.response.Fetched;
import org.merpati.lib.imap.response.Response;

/** Says a message's flags, as its client can read them (RFC 9051 §7.5.2, RFC 7162 §3.1.4.2, RFC 9586 §3.3). */
final class FlagAnswers {
    private final Conversation conversation;
    private final SelectedMailbox mailbox;

    FlagAnswers(Conversation conversation, SelectedMailbox mailbox) {
        this.conversation = conversation;
        this.mailbox = mailbox;
    }

    /** Names keywords that no FLAGS response has named yet: clients take those of FETCH from there. */
    void announce(Set<Keyword> all) throws IOException {
        boolean news = false;
        for (var keyword : all) {
            news |= mailbox.keywords().add(keyword) && !ImapFlags.isSystem(keyword);
        }
        if (news) {
            conversation.out().send(new Response.Flags(ImapFlags.named(mailbox.keywords())));
        }
    }

    /** Of the message at this place in the latest index, unless the client does not know it. */
    void send(int place) throws IOException {
        var latest = mailbox.latest();
        var values = new ArrayList<FetchValue>();
        long uid = latest.uid(place);
        announce(latest.keywords(place));
        values.add(new FetchValue.UidValue(uid));
        values.add(flags(latest, place));
        if (conversation.enabled().has(Feature.CONDSTORE)) {
            values.add(new FetchValue.ModSeqValue(latest.modSeq(place)));
        }
        send(uid, values);
    }

    /** FETCH, or UIDFETCH where the client has no sequence numbers; nothing when it does not know the message. */
    void send(long uid, List<FetchValue> values) throws IOException {
        int known = mailbox.view().find(uid);
        if (known < 0) {
            return;
        }
        conversation
                .out()
                .send(
                        conversation.enabled().has(Feature.UIDONLY)
                                ? new Fetched(uid, true, values)
                                : new Fetched(known + 1, values));
    }

    FetchValue flags(MailboxIndex index, int place) {
        return flags(index.uid(place), index.keywords(place), index.deleted(place));
    }

    FetchValue flags(long uid, Set<Keyword> keywords, boolean deleted) {
        boolean recent = conversation.enabled().recent() && mailbox.recent().contains(uid);
        return new FetchValue.FlagsValue(ImapFlags.of(keywords, deleted, recent));
    }
}

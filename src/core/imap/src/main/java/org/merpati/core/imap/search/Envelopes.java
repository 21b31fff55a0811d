package org.merpati.core.imap.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.store.Emails;
import org.merpati.core.store.index.MailboxIndex;

/** The envelopes that are stored with the structures of chosen messages of a view, a page at a time; no row is read for them. */
record Envelopes(Door door, AccountId account, MailboxIndex messages, View view) {
    @FunctionalInterface
    interface Visitor {
        /** @param page indexes in the view; those that are gone, and those without a stored structure, are not described */
        void visit(int[] page, List<Described> described) throws IOException;
    }

    /** All of the chosen messages, ascending. */
    void visit(BitSet chosen, Visitor visitor) throws IOException {
        var all = chosen.stream().toArray();
        for (int from = 0; from < all.length; from += Emails.PAGE) {
            var page = Arrays.copyOfRange(all, from, Math.min(from + Emails.PAGE, all.length));
            visitor.visit(page, described(page));
        }
    }

    private List<Described> described(int[] page) {
        var places = new int[page.length];
        var emails = new ArrayList<EmailId>(page.length);
        for (int i = 0; i < page.length; i++) {
            places[i] = messages == view.messages() ? page[i] : messages.find(view.uid(page[i]));
            if (places[i] >= 0) {
                emails.add(new EmailId(messages.email(places[i])));
            }
        }
        var contents = door.call(services -> services.get(Emails.class).contents(account, emails))
                .orThrow();
        var described = new ArrayList<Described>(page.length);
        int next = 0;
        for (int i = 0; i < page.length; i++) {
            var known = places[i] < 0 ? null : contents.get(emails.get(next++));
            var envelope = known == null ? null : known.structure().header().orElse(null);
            if (envelope != null) {
                described.add(new Described(page[i], messages, places[i], envelope));
            }
        }
        return described;
    }
}

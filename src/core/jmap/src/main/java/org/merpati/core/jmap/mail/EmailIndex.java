package org.merpati.core.jmap.mail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.store.Emails.Indexes;
import org.merpati.core.store.index.MailboxIndex;

/**
 * The visible emails of an account, each once, made of the indexes of its mailboxes: what most queries ask. Places are in no
 * order that means anything. Used by one thread.
 */
final class EmailIndex {
    /** The threads that have an email with the keyword, and those that have one without it. */
    record Threads(LongSet with, LongSet without) {}

    private final ModSeq state;
    private final LongSet emails = new LongSet();
    private final Map<MailboxId, BitSet> members = new HashMap<>();
    private final List<Set<Keyword>> keywords = new ArrayList<>();
    private final Map<Keyword, Threads> byKeyword = new HashMap<>();
    private long[] threads = new long[64];
    private long[] received = new long[64];
    private int[] sizes = new int[64];

    private EmailIndex(ModSeq state) {
        this.state = state;
    }

    /** @param only empty for all mailboxes */
    static EmailIndex of(Indexes indexes, Optional<MailboxId> only) {
        var index = new EmailIndex(indexes.state());
        indexes.mailboxes().forEach((mailbox, messages) -> {
            if (only.isEmpty() || only.get().equals(mailbox)) {
                index.add(mailbox, messages);
            }
        });
        return index;
    }

    private void add(MailboxId mailbox, MailboxIndex messages) {
        var in = new BitSet();
        for (int i = 0; i < messages.size(); i++) {
            if (messages.deleted(i)) {
                continue;
            }
            int place = emails.add(messages.email(i));
            in.set(place);
            if (place == keywords.size()) {
                if (place == threads.length) {
                    threads = Arrays.copyOf(threads, place * 2);
                    received = Arrays.copyOf(received, place * 2);
                    sizes = Arrays.copyOf(sizes, place * 2);
                }
                keywords.add(messages.keywords(i));
                threads[place] = messages.thread(i);
                received[place] = messages.received(i);
                sizes[place] = (int) messages.size(i);
            }
        }
        members.put(mailbox, in);
    }

    ModSeq state() {
        return state;
    }

    int size() {
        return emails.size();
    }

    long email(int place) {
        return emails.get(place);
    }

    /** -1 when there is no such email. */
    int find(long email) {
        return emails.find(email);
    }

    long thread(int place) {
        return threads[place];
    }

    /** Milliseconds since 1970. */
    long received(int place) {
        return received[place];
    }

    int octets(int place) {
        return sizes[place];
    }

    boolean has(int place, Keyword keyword) {
        return keywords.get(place).contains(keyword);
    }

    boolean isIn(int place, MailboxId mailbox) {
        var in = members.get(mailbox);
        return in != null && in.get(place);
    }

    boolean isInOtherThan(int place, Set<MailboxId> mailboxes) {
        for (var mailbox : members.entrySet()) {
            if (mailbox.getValue().get(place) && !mailboxes.contains(mailbox.getKey())) {
                return true;
            }
        }
        return false;
    }

    /** Of an index of all mailboxes. */
    Threads threads(Keyword keyword) {
        return byKeyword.computeIfAbsent(keyword, wanted -> {
            var threads = new Threads(new LongSet(), new LongSet());
            for (int place = 0; place < size(); place++) {
                (has(place, wanted) ? threads.with() : threads.without()).add(thread(place));
            }
            return threads;
        });
    }
}

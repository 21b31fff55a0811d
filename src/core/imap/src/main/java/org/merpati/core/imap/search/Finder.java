package org.merpati.core.imap.search;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.blob.BlobStore;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.store.Messages;
import org.merpati.core.store.Messages.Scanned;
import org.merpati.core.store.index.IndexRow;
import org.merpati.core.store.index.MailboxIndex;
import org.merpati.lib.imap.command.SearchKey;

/** Finds the messages of a mailbox that a search means. For one mailbox, one thread. */
public final class Finder {
    private static final Logger LOG = System.getLogger(Finder.class.getName());

    private final Door door;
    private final BlobStore blobs;
    private final AccountId account;
    private final MailboxId mailbox;
    private final View view;
    private MailboxIndex now;

    /** @param held an index of the mailbox, the later the better */
    public Finder(Door door, BlobStore blobs, AccountId account, MailboxId mailbox, View view, MailboxIndex held) {
        this.door = door;
        this.blobs = blobs;
        this.account = account;
        this.mailbox = mailbox;
        this.view = view;
        this.now = held;
    }

    public View view() {
        return view;
    }

    /** @param at the time that OLDER and YOUNGER count from */
    public Found find(SearchKey key, Instant at, Progress progress) throws IOException {
        var test = new Tests(view, at).of(key);
        var found = new BitSet(view.size());
        if (test.source() == Source.VIEW) {
            byView(test, found);
            return new Found(found, 0);
        }
        var open = new BitSet(view.size());
        look();
        byIndex(test, now, found, open);
        int unreadable = open.isEmpty() ? 0 : new Reading(test, found, open, progress).run();
        return new Found(found, unreadable);
    }

    /** Those of the chosen messages that the search means, as they were when the index was read that it was made with. */
    public Found among(BitSet chosen, SearchKey key, Instant at, Progress progress) throws IOException {
        var test = new Tests(view, at).of(key);
        var found = new BitSet(view.size());
        var open = new BitSet(view.size());
        var one = new Known();
        for (int index = chosen.nextSetBit(0); index >= 0; index = chosen.nextSetBit(index + 1)) {
            int place = now.find(view.uid(index));
            if (place >= 0) {
                one.index = index;
                one.know(now, place);
                put(one.judge(test), index, found, open);
            }
        }
        int unreadable = open.isEmpty() ? 0 : new Reading(test, found, open, progress).run();
        return new Found(found, unreadable);
    }

    private static void put(Truth truth, int index, BitSet found, BitSet open) {
        switch (truth) {
            case YES -> found.set(index);
            case OPEN -> open.set(index);
            case NO -> {}
        }
    }

    /** The mailbox as it is now; when that is gone, so are its messages. */
    private void look() {
        var held = now;
        now = door.call(services -> services.get(Messages.class).index(account, mailbox, held))
                .orThrow()
                .orElseGet(MailboxIndex::empty);
    }

    private void byView(Test test, BitSet found) {
        var one = new Known();
        for (int index = 0; index < view.size(); index++) {
            one.index = index;
            if (one.judge(test) == Truth.YES) {
                found.set(index);
            }
        }
    }

    /** A message that the index does not know is gone. */
    private void byIndex(Test test, MailboxIndex index, BitSet found, BitSet open) {
        var one = new Known();
        if (index == view.messages()) {
            for (int at = 0; at < view.size(); at++) {
                one.index = at;
                one.know(index, at);
                put(one.judge(test), at, found, open);
            }
            return;
        }
        int place = 0;
        for (int at = 0; at < view.size(); at++) {
            long uid = view.uid(at);
            if (place < index.size() && index.uid(place) != uid) {
                int there = index.find(uid);
                place = there < 0 ? ~there : there;
            }
            if (place >= index.size() || index.uid(place) != uid) {
                continue;
            }
            one.index = at;
            one.know(index, place++);
            put(one.judge(test), at, found, open);
        }
    }

    /** The greatest modseq of these messages, as they were when they were found; empty when there are none. */
    public OptionalLong modSeq(BitSet chosen) {
        return chosen.stream()
                .map(index -> now.find(view.uid(index)))
                .filter(place -> place >= 0)
                .mapToLong(now::modSeq)
                .max();
    }

    @FunctionalInterface
    interface Visitor {
        void visit(Candidate candidate) throws IOException;
    }

    /**
     * Visits those of the chosen messages that there are, ascending. A message that can't be read is passed over.
     *
     * @param indexed whether it is enough to know what the index knows; else the envelope is known
     */
    void each(BitSet chosen, boolean indexed, Progress progress, Visitor visitor) throws IOException {
        if (indexed) {
            var one = new Known();
            for (int at = chosen.nextSetBit(0); at >= 0; at = chosen.nextSetBit(at + 1)) {
                int place = now.find(view.uid(at));
                if (place >= 0) {
                    one.index = at;
                    one.know(now, place);
                    visitor.visit(one);
                }
            }
            return;
        }
        var done = new int[1];
        int goal = chosen.cardinality();
        envelopes().visit(chosen, (page, described) -> {
            if (described.size() < page.length) {
                eachRow(page, () -> progress.at(done[0]++, goal), visitor);
                return;
            }
            for (var one : described) {
                progress.at(done[0]++, goal);
                visitor.visit(one);
            }
        });
    }

    @FunctionalInterface
    private interface Step {
        void done() throws IOException;
    }

    private void eachRow(int[] page, Step step, Visitor visitor) throws IOException {
        var text = new MessageText(blobs);
        var chosen = new BitSet(view.size());
        Arrays.stream(page).forEach(chosen::set);
        rows().visit(chosen, true, (at, row) -> {
            step.done();
            int place = now.find(view.uid(at));
            if (place < 0) {
                return;
            }
            try {
                visitor.visit(new Stored(at, now.row(place), row, text));
            } catch (IOException e) {
                LOG.log(Level.ERROR, "a search can't read message " + row.uid() + " of " + mailbox, e);
            }
        });
    }

    private Envelopes envelopes() {
        return new Envelopes(door, account, now, view);
    }

    private Rows rows() {
        return new Rows(door, account, mailbox, view);
    }

    /** A message of which the index knows at most. */
    private static final class Known implements Candidate {
        private int index;
        private @Nullable MailboxIndex messages;
        private int place;

        void know(MailboxIndex now, int there) {
            messages = now;
            place = there;
        }

        Truth judge(Test test) {
            try {
                return test.of(this);
            } catch (IOException e) {
                throw new IllegalStateException("nothing was to be read", e);
            }
        }

        @Override
        public int index() {
            return index;
        }

        @Override
        public boolean knows(Source source) {
            return source == Source.VIEW || (source == Source.INDEX && messages != null);
        }

        @Override
        public IndexRow row() {
            return known().row(place);
        }

        @Override
        public Set<Keyword> keywords() {
            return known().keywords(place);
        }

        private MailboxIndex known() {
            if (messages == null) {
                throw new IllegalStateException("not known");
            }
            return messages;
        }
    }

    /** Judges what the index leaves open by what has to be read. */
    private final class Reading {
        private final Test test;
        private final BitSet found;
        private final BitSet open;
        private final Progress progress;
        private final MessageText text = new MessageText(blobs);
        private int done;
        private int unreadable;

        Reading(Test test, BitSet found, BitSet open, Progress progress) {
            this.test = test;
            this.found = found;
            this.open = open;
            this.progress = progress;
        }

        int run() throws IOException {
            int goal = open.cardinality();
            boolean structures = needsStructure(test);
            if (structures) {
                envelopes().visit(open, (page, described) -> judge(described, goal));
            }
            rows().visit(open, structures, (index, row) -> {
                progress.at(done++, goal);
                if (holds(index, row)) {
                    found.set(index);
                }
            });
            return unreadable;
        }

        /** By their envelopes, which may leave some open still. */
        private void judge(List<Described> described, int goal) throws IOException {
            for (var one : described) {
                var truth = test.of(one);
                if (truth != Truth.OPEN) {
                    progress.at(done++, goal);
                    open.clear(one.index());
                    found.set(one.index(), truth == Truth.YES);
                }
            }
        }

        private boolean holds(int index, Scanned row) {
            try {
                int place = now.find(view.uid(index));
                return place >= 0 && test.of(new Stored(index, now.row(place), row, text)) == Truth.YES;
            } catch (IOException e) {
                unreadable++;
                LOG.log(Level.ERROR, "a search can't read message " + row.uid() + " of " + mailbox, e);
                return false;
            }
        }
    }

    /** Whether a key looks at the envelope; whoever looks at octets alone is spared it. */
    private static boolean needsStructure(Test test) {
        return switch (test) {
            case Test.Single single -> single.source() == Source.ENVELOPE;
            case Test.Not(var inner) -> needsStructure(inner);
            case Test.Several several -> several.tests().stream().anyMatch(Finder::needsStructure);
        };
    }
}

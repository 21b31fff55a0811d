package org.merpati.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.ThreadId;
import org.merpati.core.api.mail.Uid;
import org.merpati.launch.runtime.EmbeddedRuntime;

/** Which emails make a thread (RFC 8621 §3), and what clients are told of it. A subclass says on which database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ThreadsContract {
    private StoreUnderTest store;

    abstract EmbeddedRuntime open();

    @BeforeAll
    void start() {
        store = new StoreUnderTest(open());
    }

    @AfterAll
    void stop() {
        if (store != null) {
            store.close();
        }
    }

    @Test
    void aReplyJoinsWhatItRepliesTo() {
        var ann = store.account();
        var first = store.deliver(store.message("Lunch", "a@x", List.of()), ann);
        var reply = store.deliver(store.message("Re: [team] lunch", "b@x", List.of("a@x")), ann);
        var other = store.deliver(store.message("Lunch", "c@x", List.of()), ann);
        assertThat(threads(ann)).containsExactlyInAnyOrder(Set.of(first, reply), Set.of(other));
        var thread = thread(ann, first);
        assertThat(thread).isEqualTo(new ThreadId(first.value()));
        assertThat(store.via(Threads.class).emails(ann, List.of(thread, new ThreadId(-1))))
                .isEqualTo(Map.of(thread, List.of(first, reply)));
    }

    @Test
    void anOldStyleReplyIsFoundByInReplyToAlone() {
        var ann = store.account();
        store.deliver(store.message("x", "a@x", List.of()), ann);
        store.deliver(store.message("Subject: Re: x\r\nIn-Reply-To: your mail <a@x>\r\n"), ann);
        assertThat(threads(ann)).hasSize(1);
    }

    @Test
    void aReplyWithAnotherSubjectBeginsAThread() {
        var ann = store.account();
        var first = store.deliver(store.message("Lunch", "a@x", List.of()), ann);
        var changed = store.deliver(store.message("Dinner", "b@x", List.of("a@x")), ann);
        var answer = store.deliver(store.message("Re: Dinner", "c@x", List.of("a@x", "b@x")), ann);
        assertThat(threads(ann)).containsExactlyInAnyOrder(Set.of(first), Set.of(changed, answer));
    }

    @Test
    void emailsWithoutIdsStandAlone() {
        var ann = store.account();
        store.deliver(store.message("same", "", List.of()), ann);
        store.deliver(store.message("same", "", List.of()), ann);
        assertThat(threads(ann)).hasSize(2);
    }

    @Test
    void twoAccountsShareNoThread() {
        var ann = store.account();
        var bob = store.account();
        store.deliver(store.message("x", "a@x", List.of()), ann, bob);
        store.deliver(store.message("Re: x", "b@x", List.of("a@x")), ann, bob);
        assertThat(threads(ann)).hasSize(1);
        assertThat(threads(bob)).hasSize(1);
        assertThat(store.emails(ann).getFirst().thread())
                .isNotEqualTo(store.emails(bob).getFirst().thread());
        assertThat(store.via(Threads.class)
                        .emails(bob, List.of(store.emails(ann).getFirst().thread())))
                .isEmpty();
    }

    /** RFC 8621 §3: the thread of an email is immutable, so those that move get new ids. */
    @Test
    void aLateEmailMakesOneThreadAndTheMovedEmailsAreNewOnes() {
        var ann = store.account();
        var one = store.deliver(store.message("Re: x", "b@x", List.of("b0@x")), ann);
        var two = store.deliver(store.message("Re: x", "c@x", List.of("b@x")), ann);
        var lone = store.deliver(store.message("Re: x", "d@x", List.of("a@x")), ann);
        assertThat(threads(ann)).containsExactlyInAnyOrder(Set.of(one, two), Set.of(lone));
        var inbox = store.inbox(ann);
        var before = inbox.modSeq();

        var late = store.deliver(store.message("x", "a@x", List.of("b0@x")), ann);
        var thread = thread(ann, late);
        assertThat(thread).isEqualTo(thread(ann, one));
        assertThat(store.via(Emails.class).get(ann, List.of(lone))).isEmpty();
        var emails = store.via(Threads.class).emails(ann, List.of(thread)).get(thread);
        assertThat(emails).hasSize(4).contains(one, two, late).doesNotContain(lone);

        // as IMAP sees it, nothing is gone
        var page = store.via(Messages.class).page(ann, inbox.id(), new Uid(0), new Uid(10));
        assertThat(page)
                .extracting(Messages.Message::uid)
                .containsExactly(new Uid(1), new Uid(2), new Uid(3), new Uid(4));
        assertThat(page.get(2).email()).isNotEqualTo(lone).isIn(emails);
        assertThat(page.get(2).received()).isEqualTo(StoreUnderTest.RECEIVED);
        assertThat(page.get(2).modSeq()).isGreaterThan(before);
        var after = store.inbox(ann);
        assertThat(after.messages()).isEqualTo(4);
        assertThat(store.via(Quotas.class).account(ann).orElseThrow().emails()).isEqualTo(4);

        var changes = store.via(Threads.class).changes(ann, before, 10).orElseThrow();
        assertThat(changes.created()).isEmpty();
        assertThat(changes.updated()).containsExactly(thread);
        assertThat(changes.destroyed()).containsExactly(new ThreadId(lone.value()));
        assertThat(changes.state()).isEqualTo(store.via(Emails.class).state(ann));
        assertThat(changes.more()).isFalse();
    }

    @Test
    void aMessageDeliveredBeforeItsThreadWasMergedIsStillKnownByItsDelivery() {
        var ann = store.account();
        store.deliver(store.message("x", "a@x", List.of("r@x")), ann);
        var lone = new Deliveries.Delivery(
                java.util.UUID.randomUUID(),
                store.message("x", "b@x", List.of()),
                List.of(ann),
                StoreUnderTest.RECEIVED);
        store.via(Deliveries.class).deliver(lone);
        store.deliver(store.message("x", "c@x", List.of("r@x", "b@x")), ann);
        assertThat(threads(ann)).hasSize(1);
        store.via(Deliveries.class).deliver(lone);
        assertThat(store.emails(ann)).hasSize(3);
    }

    @Test
    void threadsThatAreTooLargeToMoveStayApart() throws SQLException {
        var ann = store.account();
        var old = store.deliver(store.message("x", "a@x", List.of()), ann);
        var large = store.deliver(store.message("x", "b@x", List.of()), ann);
        grow(old, 501);
        grow(large, 502);
        var both = store.deliver(store.message("x", "c@x", List.of("a@x", "b@x")), ann);
        assertThat(thread(ann, both)).isEqualTo(thread(ann, large)).isNotEqualTo(thread(ann, old));
        var third = store.deliver(store.message("x", "d@x", List.of()), ann);
        var all = store.deliver(store.message("x", "e@x", List.of("a@x", "b@x", "d@x")), ann);
        assertThat(thread(ann, all)).isEqualTo(thread(ann, large));
        assertThat(store.via(Emails.class).get(ann, List.of(third))).isEmpty(); // small enough to move
    }

    /** Rows like that email's, until its thread has so many. */
    private void grow(EmailId like, int emails) throws SQLException {
        try (var connection = store.runtime.get(DataSource.class).getConnection();
                var insert =
                        connection.prepareStatement("insert into email (id, account_id, blob_id, thread_id, received,"
                                + " size, header_size, subject, keywords, modseq, created_modseq)"
                                + " select ?, account_id, blob_id, thread_id, received, size, header_size, subject, keywords,"
                                + " modseq, created_modseq from email where id = ?")) {
            for (int i = 1; i < emails; i++) {
                insert.setLong(1, (like.value() << 20) + i);
                insert.setLong(2, like.value());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Whatever the order, and however long the references are. */
    @Test
    void anyOrderOfArrivalGivesOneThreadForEachBaseSubject() {
        for (int seed = 0; seed < 12; seed++) {
            var random = new Random(seed);
            var ann = store.account();
            var references = new ArrayList<List<String>>();
            var subjects = new ArrayList<String>();
            int messages = 3 + random.nextInt(9);
            for (int i = 0; i < messages; i++) {
                int parent = i == 0 ? -1 : random.nextInt(i);
                var chain = new ArrayList<String>();
                if (parent >= 0) {
                    chain.addAll(references.get(parent));
                    chain.add(parent + "@x");
                }
                references.add(chain);
                boolean changes = random.nextInt(5) == 0;
                subjects.add(parent < 0 ? "s" : changes ? "s" + random.nextInt(2) : subjects.get(parent));
            }
            var order = new ArrayList<Integer>();
            for (int i = 0; i < messages; i++) {
                order.add(i);
            }
            Collections.shuffle(order, random);
            var subjectOf = new HashMap<Uid, String>();
            for (int i : order) {
                store.deliver(
                        store.message((i == 0 ? "" : "Re: ") + subjects.get(i), i + "@x", references.get(i)), ann);
                subjectOf.put(new Uid(subjectOf.size() + 1L), subjects.get(i));
            }
            var expected = new HashMap<String, Set<Uid>>();
            subjectOf.forEach((uid, subject) ->
                    expected.computeIfAbsent(subject, any -> new HashSet<>()).add(uid));
            var found = new HashMap<ThreadId, Set<Uid>>();
            var threadOf = store.emails(ann).stream().collect(Collectors.toMap(Emails.Email::id, Emails.Email::thread));
            for (var message :
                    store.via(Messages.class).page(ann, store.inbox(ann).id(), new Uid(0), new Uid(messages))) {
                found.computeIfAbsent(threadOf.get(message.email()), any -> new HashSet<>())
                        .add(message.uid());
            }
            assertThat(found.values()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected.values());
        }
    }

    @Test
    void repliesThatArriveAtOnceAreInOneThread() throws Exception {
        var ann = store.account();
        int writers = 6;
        int each = 8;
        var start = new CyclicBarrier(writers);
        try (var pool = Executors.newFixedThreadPool(writers)) {
            var done = new ArrayList<Future<Integer>>();
            for (int w = 0; w < writers; w++) {
                int writer = w;
                Callable<Integer> work = () -> {
                    start.await();
                    for (int i = 0; i < each; i++) {
                        var before = i == 0 ? List.of("root@x") : List.of("root@x", writer + "." + (i - 1) + "@x");
                        store.deliver(store.message("Re: x", writer + "." + i + "@x", before), ann);
                    }
                    return each;
                };
                done.add(pool.submit(work));
            }
            for (var future : done) {
                assertThat(future.get(2, TimeUnit.MINUTES)).isEqualTo(each);
            }
        }
        assertThat(threads(ann)).hasSize(1);
        assertThat(store.emails(ann)).hasSize(writers * each);
    }

    @Test
    void changesTellWhichThreadsBeganAndGrewInPages() {
        var ann = store.account();
        var start = store.via(Emails.class).state(ann);
        var first = store.deliver(store.message("x", "a@x", List.of()), ann);
        var between = store.via(Emails.class).state(ann);
        var second = store.deliver(store.message("y", "b@x", List.of()), ann);
        store.deliver(store.message("Re: x", "c@x", List.of("a@x")), ann);

        var threads = store.via(Threads.class);
        var all = threads.changes(ann, start, 10).orElseThrow();
        assertThat(all.created()).containsExactlyInAnyOrder(new ThreadId(first.value()), new ThreadId(second.value()));
        assertThat(all.updated()).isEmpty();
        var later = threads.changes(ann, between, 10).orElseThrow();
        assertThat(later.created()).containsExactly(new ThreadId(second.value()));
        assertThat(later.updated()).containsExactly(new ThreadId(first.value()));
        assertThat(threads.changes(ann, later.state(), 10).orElseThrow())
                .isEqualTo(new Threads.Changes(List.of(), List.of(), List.of(), later.state(), false));

        var told = new ArrayList<ThreadId>();
        var since = start;
        for (boolean more = true; more; ) {
            var page = threads.changes(ann, since, 1).orElseThrow();
            assertThat(page.created().size() + page.updated().size()).isEqualTo(1);
            told.addAll(page.created());
            told.addAll(page.updated());
            assertThat(page.state()).isGreaterThan(since);
            since = page.state();
            more = page.more();
        }
        assertThat(told)
                .containsExactly(
                        new ThreadId(first.value()), new ThreadId(second.value()), new ThreadId(first.value()));
        assertThat(since).isEqualTo(later.state());
    }

    @Test
    void changesFromAStateThatNeverWasAreNotTold() {
        var ann = store.account();
        assertThat(store.via(Threads.class).changes(ann, new ModSeq(1_000), 10)).isEmpty();
        assertThat(store.via(Threads.class).changes(new AccountId(-1), new ModSeq(0), 10))
                .isEmpty();
    }

    private ThreadId thread(AccountId account, EmailId email) {
        return store.via(Emails.class).get(account, List.of(email)).getFirst().thread();
    }

    private List<Set<EmailId>> threads(AccountId account) {
        return store.emails(account).stream()
                .collect(Collectors.groupingBy(
                        Emails.Email::thread, Collectors.mapping(Emails.Email::id, Collectors.toSet())))
                .values()
                .stream()
                .toList();
    }
}

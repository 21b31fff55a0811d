package org.merpati.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Messages.FlagChange;
import org.merpati.core.store.index.IndexRow;
import org.merpati.launch.runtime.EmbeddedRuntime;

/** The invariants of the mail model under changes at random and at once. A subclass says on which database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RandomMailContract {
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

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyRunOfChangesIsToldAndCounted(long seed) {
        var random = new Random(seed);
        var account = store.account();
        var mail = new RandomMail(store, account, random);
        var replica = new Replica(store, account);
        for (int i = 0; i < 350; i++) {
            mail.change();
            if (random.nextInt(10) == 0) {
                replica.catchUp(random);
            }
            if (random.nextInt(5) == 0) {
                indexesAgree(account);
            }
            if (i % 50 == 49) {
                replica.catchUp(random);
                mail.compare(replica);
                assertThat(differences()).isEmpty();
            }
        }
        indexesAgree(account);
        new Replica(store, account).catchUp(random); // and one that comes late learns the same
    }

    /** Moves, flags, deliveries and expunges at once, on one account and crosswise on several. */
    @Test
    void changesAtOnceNeverDeadlockAndCountExactly() throws Exception {
        var accounts = List.of(store.account(), store.account(), store.account());
        var inboxOfFirst = store.inbox(accounts.getFirst()).id();
        int threads = 6;
        var start = new CyclicBarrier(threads);
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var done = new ArrayList<Future<Integer>>();
            for (int t = 0; t < threads; t++) {
                var random = new Random(t);
                Callable<Integer> work = () -> {
                    start.await();
                    for (int i = 0; i < 40; i++) {
                        change(accounts, random);
                        store.via(Messages.class).index(accounts.getFirst(), inboxOfFirst); // while others write
                    }
                    return 1;
                };
                done.add(pool.submit(work));
            }
            for (var future : done) {
                assertThat(future.get(2, TimeUnit.MINUTES)).isEqualTo(1);
            }
        }
        assertThat(differences()).isEmpty();
        for (var account : accounts) {
            indexesAgree(account);
            var replica = new Replica(store, account);
            replica.catchUp(new Random(1));
            assertThat(replica.emails).hasSize(store.emails(account).size());
        }
    }

    /** The index in memory is what the rows say, also right after a change and whatever it knew before. */
    private void indexesAgree(AccountId account) {
        var messages = store.via(Messages.class);
        for (var mailbox : store.via(Mailboxes.class).list(account)) {
            var index = messages.index(account, mailbox.id()).orElseThrow();
            var rows = new ArrayList<IndexRow>();
            for (int place = 0; place < index.size(); place++) {
                rows.add(index.row(place));
            }
            var expected = new ArrayList<IndexRow>();
            var page = messages.page(account, mailbox.id(), new Uid(0), new Uid(0xffff_ffffL));
            while (!page.isEmpty()) {
                var threads =
                        store
                                .via(Emails.class)
                                .get(
                                        account,
                                        page.stream()
                                                .map(Messages.Message::email)
                                                .toList())
                                .stream()
                                .collect(Collectors.toMap(
                                        Emails.Email::id,
                                        email -> email.thread().value()));
                page.forEach(message -> expected.add(new IndexRow(
                        message.uid().value(),
                        message.email().value(),
                        message.modSeq().value(),
                        message.deleted(),
                        threads.getOrDefault(message.email(), 0L),
                        message.received().toEpochMilli(),
                        message.size(),
                        message.keywords())));
                page = messages.page(account, mailbox.id(), page.getLast().uid(), new Uid(0xffff_ffffL));
            }
            assertThat(rows).isEqualTo(expected);
            var ids = rows.stream()
                    .sorted(Comparator.comparingLong(IndexRow::received).thenComparingLong(IndexRow::email))
                    .map(row -> new EmailId(row.email()))
                    .toList();
            assertThat(store.via(Emails.class).query(account, Optional.of(mailbox.id()), true, 0, 500))
                    .extracting(Emails.Found::ids, Emails.Found::total)
                    .containsExactly(ids.subList(0, Math.min(500, ids.size())), (long) ids.size());
        }
    }

    private void change(List<AccountId> accounts, Random random) {
        var one = accounts.get(random.nextInt(accounts.size()));
        var other = accounts.get(random.nextInt(accounts.size()));
        var inbox = store.inbox(one);
        var archive = store.via(Mailboxes.class).find(one, "Archive").orElseThrow();
        var last = Math.max(inbox.uidNext().value(), archive.uidNext().value());
        var uids = LongStream.rangeClosed(Math.max(1, last - 8), last)
                .mapToObj(Uid::new)
                .toList();
        boolean back = random.nextBoolean();
        var from = back ? archive : inbox;
        var to = back ? inbox : archive;
        var messages = store.via(Messages.class);
        switch (random.nextInt(8)) {
            case 0, 1 ->
                store.unit(services -> services.get(Deliveries.class)
                        .deliver(new Deliveries.Delivery(
                                java.util.UUID.randomUUID(),
                                store.message("s", "", List.of()),
                                List.of(one, other),
                                StoreUnderTest.RECEIVED)));
            case 2 ->
                messages.store(one, from.id(), uids, FlagChange.adding(Keyword.SEEN), Optional.empty())
                        .orThrow();
            case 3 ->
                messages.store(
                                one,
                                from.id(),
                                uids.subList(0, Math.min(3, uids.size())),
                                new FlagChange(KeywordPatch.NONE, Optional.of(true)),
                                Optional.empty())
                        .orThrow();
            case 4 -> messages.move(one, from.id(), uids, to.id()).orThrow();
            case 5 -> messages.copy(one, from.id(), uids.subList(0, 1), to.id()).orThrow();
            case 6 -> messages.expunge(one, from.id(), Optional.empty()).orThrow();
            default ->
                store.via(Emails.class)
                        .query(one, Optional.empty(), false, 0, 2)
                        .ids()
                        .forEach(id -> copy(one, id, other));
        }
    }

    /** The email may be gone meanwhile. */
    private void copy(AccountId from, EmailId id, AccountId to) {
        var mailboxes = java.util.Set.of(store.inbox(to).id());
        store.via(Emails.class).copy(from, id, to, mailboxes, java.util.Set.of(), Optional.empty());
    }

    private List<String> differences() {
        return Recount.differences(store.runtime.get(DataSource.class));
    }
}

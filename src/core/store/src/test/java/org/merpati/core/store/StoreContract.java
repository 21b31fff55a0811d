package org.merpati.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.merpati.core.api.Platform;
import org.merpati.core.api.blob.Blob;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.blob.BlobStore;
import org.merpati.core.api.blob.Content;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.directory.Secret;
import org.merpati.core.api.directory.SignIn;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.FailureKind;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.api.door.Unit;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Deliveries.Delivery;
import org.merpati.core.store.Mailboxes.Recent;
import org.merpati.core.store.directory.InternalDirectory;
import org.merpati.core.store.directory.PasswordHash;
import org.merpati.core.store.directory.Passwords;
import org.merpati.core.store.index.IndexRow;
import org.merpati.launch.runtime.EmbeddedRuntime;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.StoredStructure;

/** What every database must do for the mail model. A subclass says which. */
abstract class StoreContract {
    private static final PasswordHash HASH = new PasswordHash("$x", "y", "z");
    private static final StoredStructure STRUCTURE = StoredStructure.of(
            Message.parse("Subject: s\r\n\r\nbody".getBytes(StandardCharsets.US_ASCII))
                    .root(),
            1_000);
    private static final Instant RECEIVED = Instant.parse("2026-02-03T04:05:06.789Z");

    private final LocalWatchers watchers = new LocalWatchers();
    private final Passwords passwords = new Passwords();
    private EmbeddedRuntime runtime;
    private InternalDirectory directory;
    protected Door door;

    /** A runtime over an empty database of the kind under test. */
    abstract EmbeddedRuntime open();

    @BeforeEach
    void start() {
        runtime = open();
        directory = new InternalDirectory(InstantSource.system(), passwords);
        runtime.get(PlatformHolder.class).set(platform());
        door = runtime.get(Door.class);
        assertThat(door.call(services -> 1)).isEqualTo(new Outcome.Unavailable<Integer>());
        runtime.get(Migrations.class).migrate(runtime.get(javax.sql.DataSource.class), true);
    }

    @AfterEach
    void stop() {
        if (runtime != null) {
            runtime.close();
        }
    }

    @Test
    void aSecretOfTheServerIsMadeOnceAndIsNobodyElses() {
        var first = ServerSecrets.of(door, "first");

        assertThat(first).hasSize(ServerSecrets.LENGTH).isEqualTo(ServerSecrets.of(door, "first"));
        assertThat(ServerSecrets.of(door, "second")).isNotEqualTo(first);
    }

    @Test
    void whoMakesASecretSecondTakesTheFirst() {
        var first = ServerSecrets.of(door, "first");
        var calls = new AtomicInteger();
        Door late = new Door() {
            @Override
            public <T> Outcome<T> call(Unit<T> unit) {
                return calls.getAndIncrement() == 0
                        ? new Outcome.Failed<>(FailureKind.ROLLED_BACK, "on the key")
                        : door.call(unit);
            }
        };

        assertThat(ServerSecrets.of(late, "first")).isEqualTo(first);
        assertThat(calls).hasValue(2);
    }

    @Test
    void domainsAndAccountsComeAndGo() {
        assertThat(via(Domains.class).add("example.org")).isPresent();
        assertThat(via(Domains.class).add("example.org")).isEmpty();
        assertThat(via(Accounts.class).add(address("ann@nowhere.example"), "", HASH))
                .isInstanceOf(Accounts.Addition.NoSuchDomain.class);
        var ann = account("ann@example.org");
        assertThat(via(Accounts.class).add(address("Ann@Example.org"), "", HASH))
                .isInstanceOf(Accounts.Addition.Taken.class);
        assertThat(via(Accounts.class).list("example.org", "", 10))
                .extracting(Accounts.Account::id)
                .containsExactly(ann);
        assertThat(via(Mailboxes.class).list(ann))
                .extracting(Mailboxes.Mailbox::name)
                .containsExactly("INBOX", "Archive", "Drafts", "Junk", "Sent", "Trash");

        assertThat(via(Domains.class).remove("example.org")).isEqualTo(Domains.Removal.HAS_ACCOUNTS);
        deliver(ann);
        assertThat(via(Accounts.class).remove(address("ann@example.org"))).isEqualTo(Accounts.Removal.REMOVED);
        assertThat(via(Accounts.class).remove(address("ann@example.org"))).isEqualTo(Accounts.Removal.NO_SUCH_ACCOUNT);
        assertThat(via(Domains.class).remove("example.org")).isEqualTo(Domains.Removal.REMOVED);
        assertThat(via(Domains.class).list("", 10)).isEmpty();
    }

    @Test
    void theFirstAdministratorIsTheOnlyOneMadeSo() {
        assertThat(via(Accounts.class).addFirstAdministrator("admin", passwords.hash(Secret.of("pw"))))
                .isTrue();
        assertThat(via(Accounts.class).addFirstAdministrator("other", HASH)).isFalse();
        assertThat(directory.signIn(door, "admin", Secret.of("pw")).orThrow()).isInstanceOf(SignIn.Accepted.class);
        assertThat(directory.signIn(door, "admin", Secret.of("no")).orThrow()).isInstanceOf(SignIn.Refused.class);
    }

    @Test
    void aChangedPasswordCountsAtOnceAlsoForTheRememberedLogin() {
        domain();
        var address = address("ann@example.org");
        via(Accounts.class).add(address, "", passwords.hash(Secret.of("old")));
        assertThat(directory.signIn(door, "ann@example.org", Secret.of("old")).orThrow())
                .isInstanceOf(SignIn.Accepted.class);
        var hash = passwords.hash(Secret.of("new"));
        assertThat(via(Accounts.class).setPassword(address, hash)).isTrue();
        assertThat(directory.signIn(door, "ann@example.org", Secret.of("old")).orThrow())
                .isInstanceOf(SignIn.Refused.class);
        assertThat(directory.signIn(door, "ANN@example.org", Secret.of("new")).orThrow())
                .isInstanceOf(SignIn.Accepted.class);
        assertThat(directory
                        .signIn(door, "nobody@example.org", Secret.of("new"))
                        .orThrow())
                .isInstanceOf(SignIn.Refused.class);
    }

    @Test
    void aDeliveryShowsInEveryViewAndItsCounters() {
        domain();
        var ann = account("ann@example.org");
        var bob = account("bob@example.org");
        var told = new AtomicInteger();
        try (var watch = watchers.watch(ann)) {
            watch.onChange(told::incrementAndGet);
            var delivery = delivery(List.of(bob, ann, ann), "Grüße %_! \\ all");
            assertThat(via(Deliveries.class).deliver(delivery).gone()).isEmpty();
            assertThat(told).hasValue(1);
        }
        var inbox = inbox(ann);
        assertThat(inbox.messages()).isEqualTo(1);
        assertThat(inbox.unseen()).isEqualTo(1);
        assertThat(inbox.size()).isEqualTo(4711);
        assertThat(inbox.uidNext()).isEqualTo(new Uid(2));
        var message = page(ann).getFirst();
        assertThat(message.received()).isEqualTo(RECEIVED);
        assertThat(message.blob()).isEqualTo(new BlobRef(3, 77, 4711));
        assertThat(message.headerSize()).isEqualTo(321);
        assertThat(message.modSeq()).isEqualTo(inbox.modSeq());
        assertThat(message.keywords()).isEmpty();

        for (var text : List.of("GRÜSSE", "grüße", "%_!", "\\ ALL", "")) {
            var uids = via(Messages.class).withSubject(ann, inbox.id(), text, new Uid(0));
            assertThat(uids).as(text).hasSize(text.equals("GRÜSSE") ? 0 : 1);
        }
        var found = via(Emails.class).query(ann, Optional.of(inbox.id()), false, 0, 10);
        assertThat(found.total()).isEqualTo(1);
        var email = via(Emails.class).get(ann, found.ids()).getFirst();
        var contents = new Emails.Contents(email.id(), STRUCTURE, "Vorschau \ud83d\ude00");
        assertThat(via(Emails.class).read(ann, found.ids(), true).emails())
                .extracting(Emails.Seen::contents)
                .containsExactly(contents);
        assertThat(via(Emails.class).read(bob, found.ids(), true).emails()).isEmpty();
        var last = new Uid(Long.MAX_VALUE);
        assertThat(via(Messages.class).described(ann, inbox.id(), new Uid(0), last))
                .containsExactly(new Messages.Described(message, contents));
        assertThat(via(Messages.class).described(bob, inbox.id(), new Uid(0), last))
                .isEmpty();
        assertThat(email.mailboxes()).containsExactly(inbox.id());
        assertThat(email.size()).isEqualTo(4711);
        assertThat(via(Emails.class).get(bob, found.ids())).isEmpty();
        assertThat(via(Messages.class).uids(bob, inbox.id(), new Uid(0))).isEmpty();
    }

    @Test
    void aDeliveryRepeatedAfterAnUnknownOutcomeIsThereOnce() {
        domain();
        var ann = account("ann@example.org");
        var delivery = delivery(List.of(ann), "once");
        via(Deliveries.class).deliver(delivery);
        via(Deliveries.class).deliver(delivery);
        assertThat(page(ann)).hasSize(1);
        assertThat(inbox(ann).messages()).isEqualTo(1);
    }

    @Test
    void aRecipientThatIsGoneIsNamedAndTheOthersHaveTheMessage() {
        domain();
        var ann = account("ann@example.org");
        var gone = new AccountId(999_999);
        var delivery = delivery(List.of(gone, ann), "x");
        assertThat(via(Deliveries.class).deliver(delivery).gone()).containsExactly(gone);
        assertThat(page(ann)).hasSize(1);
    }

    @Test
    void queriesPageInATotalOrder() {
        domain();
        var ann = account("ann@example.org");
        for (int i = 0; i < 7; i++) {
            deliver(ann); // all received in the same millisecond
        }
        var all = via(Emails.class).query(ann, Optional.empty(), false, 0, 10).ids();
        var ascending = new ArrayList<>(
                via(Emails.class).query(ann, Optional.empty(), true, 0, 10).ids());
        Collections.reverse(ascending);
        assertThat(all).hasSize(7).doesNotHaveDuplicates().isEqualTo(ascending);
        assertThat(via(Emails.class).query(ann, Optional.empty(), false, 2, 3).ids())
                .isEqualTo(all.subList(2, 5));
        assertThat(via(Emails.class).query(ann, Optional.empty(), false, -2, 10).ids())
                .isEqualTo(all.subList(5, 7));
        assertThat(via(Emails.class).query(ann, Optional.empty(), false, 7, 10).ids())
                .isEmpty();
    }

    @Test
    void recentIsClaimedOnce() {
        domain();
        var ann = account("ann@example.org");
        deliver(ann);
        deliver(ann);
        var inbox = inbox(ann).id();
        assertThat(via(Mailboxes.class).firstRecent(ann, inbox)).contains(new Uid(1));
        assertThat(via(Mailboxes.class).claimRecent(ann, inbox)).contains(new Recent(new Uid(1), new Uid(3)));
        assertThat(via(Mailboxes.class).claimRecent(ann, inbox)).contains(new Recent(new Uid(3), new Uid(3)));
        assertThat(via(Mailboxes.class).claimRecent(ann, new MailboxId(-1))).isEmpty();
    }

    @Test
    void whatANodeHasClaimedIsRecentForNobodyAndNeverAgain() {
        domain();
        var ann = account("ann@example.org");
        deliver(ann);
        deliver(ann);
        var inbox = inbox(ann).id();
        via(Mailboxes.class).claimedRecent(ann, inbox, new Uid(2));
        via(Mailboxes.class).claimedRecent(ann, inbox, new Uid(1));
        via(Mailboxes.class).claimedRecent(ann, new MailboxId(-1), new Uid(2));
        assertThat(via(Mailboxes.class).firstRecent(ann, inbox)).contains(new Uid(2));
        assertThat(via(Mailboxes.class).claimRecent(ann, inbox)).contains(new Recent(new Uid(2), new Uid(3)));
    }

    @Test
    void aKeywordAddedRaisesTheModSeqAndCountsOnce() {
        domain();
        var ann = account("ann@example.org");
        deliver(ann);
        deliver(ann);
        var before = inbox(ann);
        var uids = List.of(new Uid(2), new Uid(9));
        var seen = Messages.FlagChange.adding(Keyword.SEEN);
        var changed = via(Messages.class)
                .store(ann, before.id(), uids, seen, Optional.empty())
                .orThrow()
                .messages();
        assertThat(changed).extracting(Messages.Flags::uid).containsExactly(new Uid(2));
        assertThat(changed.getFirst().keywords()).containsExactly(Keyword.SEEN);
        assertThat(changed.getFirst().modSeq()).isGreaterThan(before.modSeq());
        assertThat(via(Messages.class)
                        .store(ann, before.id(), uids, seen, Optional.empty())
                        .orThrow()
                        .messages())
                .isEmpty();
        assertThat(inbox(ann).unseen()).isEqualTo(1);
        var index = via(Messages.class).index(ann, before.id()).orElseThrow();
        assertThat(ChangedRows.since(index, before.modSeq()))
                .extracting(IndexRow::uid)
                .containsExactly(2L);
    }

    /** DESIGN §2.10: without the ascending order of locks, opposite pairs of recipients deadlock. */
    @Test
    void deliveriesToManyAccountsAtOnceNeverDeadlockAndUidsStayDense() throws Exception {
        domain();
        var accounts = new ArrayList<AccountId>();
        for (int i = 0; i < 4; i++) {
            accounts.add(account("user" + i + "@example.org"));
        }
        int threads = 8;
        int each = 25;
        var start = new CyclicBarrier(threads);
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var done = new ArrayList<Future<Integer>>();
            for (int t = 0; t < threads; t++) {
                var random = new Random(t);
                Callable<Integer> work = () -> {
                    start.await();
                    for (int i = 0; i < each; i++) {
                        var some = new ArrayList<>(accounts);
                        Collections.shuffle(some, random);
                        var delivery = delivery(some.subList(0, 3), "m");
                        via(Deliveries.class).deliver(delivery);
                    }
                    return each;
                };
                done.add(pool.submit(work));
            }
            for (var future : done) {
                assertThat(future.get(2, TimeUnit.MINUTES)).isEqualTo(each);
            }
        }
        long stored = 0;
        for (var account : accounts) {
            var inbox = inbox(account);
            var uids = via(Messages.class).uids(account, inbox.id(), new Uid(0));
            assertThat(uids).hasSize(Math.toIntExact(inbox.messages()));
            assertThat(uids.getLast()).isEqualTo(new Uid(inbox.messages()));
            assertThat(inbox.uidNext()).isEqualTo(new Uid(inbox.messages() + 1));
            stored += inbox.messages();
        }
        assertThat(stored).isEqualTo(3L * threads * each);
    }

    /** DESIGN §2.10: a later modseq is never visible before an earlier one. */
    @Test
    void aReaderOfChangesMissesNothingWhileOthersWrite() throws Exception {
        domain();
        var ann = account("ann@example.org");
        var inbox = inbox(ann).id();
        int messages = 120;
        var writers = new CountDownLatch(4);
        var seen = new ArrayList<Uid>();
        try (var pool = Executors.newFixedThreadPool(4)) {
            for (int w = 0; w < 4; w++) {
                pool.execute(() -> {
                    try {
                        for (int i = 0; i < messages / 4; i++) {
                            deliver(ann);
                        }
                    } finally {
                        writers.countDown();
                    }
                });
            }
            var known = new ModSeq(0);
            boolean last = false;
            while (true) {
                boolean finished = writers.await(0, TimeUnit.SECONDS);
                var index = via(Messages.class).index(ann, inbox).orElseThrow();
                for (var row : ChangedRows.since(index, known)) {
                    seen.add(new Uid(row.uid()));
                    known = new ModSeq(row.modSeq());
                }
                if (last) {
                    break;
                }
                last = finished;
            }
        }
        assertThat(seen).hasSize(messages).doesNotHaveDuplicates();
    }

    @Test
    void aUnitThatThrowsLeavesNothingAndTellsNobody() {
        domain();
        var ann = account("ann@example.org");
        var told = new AtomicInteger();
        try (var watch = watchers.watch(ann)) {
            watch.onChange(told::incrementAndGet);
            var tooLong = new Delivery(
                    UUID.randomUUID(),
                    new NewMessage(new Blob(new BlobRef(1, 1, 1), "f".repeat(65)), 1, "", StoredStructure.NONE, ""),
                    List.of(ann),
                    RECEIVED);
            var outcome = door.call(services -> services.get(Deliveries.class).deliver(tooLong));
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.kind()).isEqualTo(FailureKind.ROLLED_BACK));
            assertThat(told).hasValue(0);
        }
        assertThat(page(ann)).isEmpty();
        assertThat(inbox(ann).uidNext()).isEqualTo(new Uid(1));
        deliver(ann);
        assertThat(page(ann)).hasSize(1);
    }

    @Test
    void aKnownRollbackIsRepeatedThreeTimesAndNoMore() {
        var runs = new AtomicInteger();
        Outcome<String> outcome = door.call(services -> {
            if (runs.incrementAndGet() < 3) {
                throw new IllegalStateException(new java.sql.SQLException("deadlock", "40001"));
            }
            return "third";
        });
        assertThat(outcome).isEqualTo(new Outcome.Done<>("third"));
        runs.set(0);
        Outcome<String> never = door.call(services -> {
            runs.incrementAndGet();
            throw new IllegalStateException(new java.sql.SQLException("deadlock", "40P01"));
        });
        assertThat(never).isInstanceOf(Outcome.Failed.class);
        assertThat(runs).hasValue(3);
    }

    @Test
    void anUnknownOutcomeIsNotRepeated() {
        var runs = new AtomicInteger();
        Outcome<String> outcome = door.call(services -> {
            runs.incrementAndGet();
            var rollback = new jakarta.transaction.RollbackException("commit");
            rollback.initCause(new java.sql.SQLException("gone", "08006"));
            throw new IllegalStateException(rollback);
        });
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(FailureKind.UNKNOWN_OUTCOME));
        assertThat(runs).hasValue(1);
    }

    private void domain() {
        assertThat(via(Domains.class).add("example.org")).isPresent();
    }

    private AccountId account(String address) {
        var added = via(Accounts.class).add(address(address), "", HASH);
        return ((Accounts.Addition.Added) added).account().id();
    }

    private void deliver(AccountId account) {
        var delivery = delivery(List.of(account), "s");
        via(Deliveries.class).deliver(delivery);
    }

    private static Delivery delivery(List<AccountId> recipients, String subject) {
        var blob = new Blob(new BlobRef(3, 77, 4711), "ab".repeat(32));
        var message = new NewMessage(blob, 321, subject, STRUCTURE, "Vorschau \ud83d\ude00");
        return new Delivery(UUID.randomUUID(), message, recipients, RECEIVED);
    }

    private Mailboxes.Mailbox inbox(AccountId account) {
        return via(Mailboxes.class).find(account, "inbox").orElseThrow();
    }

    private List<Messages.Message> page(AccountId account) {
        var inbox = inbox(account).id();
        return via(Messages.class).page(account, inbox, new Uid(0), new Uid(1000));
    }

    /** The service, each of its methods one unit through the door. */
    private <S> S via(Class<S> service) {
        InvocationHandler throughTheDoor = (proxy, method, arguments) -> door.call(services -> {
                    try {
                        return method.invoke(services.get(service), arguments);
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .orThrow();
        return service.cast(Proxy.newProxyInstance(service.getClassLoader(), new Class<?>[] {service}, throughTheDoor));
    }

    private static EmailAddress address(String text) {
        return EmailAddress.parse(text).orElseThrow();
    }

    private Platform platform() {
        var noBlobs = new BlobStore() {
            @Override
            public Blob append(Content content) {
                throw new IllegalStateException("not in this test");
            }

            @Override
            public java.io.InputStream open(BlobRef ref, long from, long length) {
                throw new IllegalStateException("not in this test");
            }
        };
        return new Platform(
                Config.from(java.util.Map.of(), "test", java.util.Map.of(), new Properties()),
                noBlobs,
                () -> {
                    throw new IllegalStateException("not in this test");
                },
                directory,
                watchers,
                InstantSource.system());
    }
}

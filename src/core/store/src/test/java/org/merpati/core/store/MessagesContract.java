package org.merpati.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.api.watch.Change;
import org.merpati.core.store.Attempt.Refusal;
import org.merpati.core.store.Emails.MailboxPatch;
import org.merpati.core.store.Messages.FlagChange;
import org.merpati.core.store.index.IndexChanges;
import org.merpati.core.store.index.MailboxIndex;
import org.merpati.launch.runtime.EmbeddedRuntime;

/**
 * What clients do with messages, beyond what {@link RandomMailContract} does: conditions, refusals, limits. A subclass says
 * on which database.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MessagesContract {
    private static final FlagChange DELETED = new FlagChange(KeywordPatch.NONE, Optional.of(true));
    private static final MailboxId NOWHERE = new MailboxId(-1);

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

    @AfterEach
    void recount() {
        assertThat(Recount.differences(store.runtime.get(DataSource.class))).isEmpty();
    }

    /** RFC 7162 §3.1.3. */
    @Test
    void aConditionalStoreLeavesWhatChangedSinceAlone() {
        var ann = withMail(3);
        var inbox = store.inbox(ann);
        var second = flag(ann, List.of(2L), Keyword.FLAGGED).getFirst().modSeq();
        var changed = messages()
                .store(ann, inbox.id(), uids(1, 2, 3, 9), FlagChange.adding(Keyword.SEEN), Optional.of(inbox.modSeq()))
                .orThrow();
        assertThat(changed.modified()).containsExactly(new Uid(2));
        assertThat(changed.messages()).extracting(Messages.Flags::uid).containsExactly(new Uid(1), new Uid(3));
        assertThat(changed.messages()).allMatch(message -> message.modSeq().compareTo(second) > 0);
        assertThat(messages()
                        .store(ann, inbox.id(), uids(1), FlagChange.adding(Keyword.DRAFT), Optional.of(new ModSeq(0)))
                        .orThrow()
                        .modified())
                .containsExactly(new Uid(1));
    }

    /** Of many emails the account's counters may say that no other mailbox holds any. */
    @Test
    void anotherMailboxChangesWithOneOfManyThatItHoldsToo() {
        var ann = withMail(120);
        var inbox = store.inbox(ann).id();
        var all = LongStream.rangeClosed(1, 120).boxed().toList();
        var untouched = boxArchive(ann).modSeq();
        flag(ann, all, Keyword.FLAGGED);
        assertThat(boxArchive(ann).modSeq()).isEqualTo(untouched);
        messages().copy(ann, inbox, uids(77), archive(ann)).orThrow();
        flag(ann, all, Keyword.SEEN);
        assertThat(boxArchive(ann).unseen()).isZero();
        assertThat(boxArchive(ann).modSeq()).isEqualTo(store.inbox(ann).modSeq());
    }

    @Test
    void markingDeletedIsOfOnePlaceAndAChangeOfWhatJmapSees() {
        var ann = withMail(1);
        var inbox = store.inbox(ann).id();
        messages().copy(ann, inbox, uids(1), archive(ann)).orThrow();
        var state = store.via(Emails.class).state(ann);
        assertThat(messages()
                        .store(ann, inbox, uids(1), DELETED, Optional.empty())
                        .orThrow()
                        .messages())
                .hasSize(1);
        assertThat(store.inbox(ann).deleted()).isEqualTo(1);
        assertThat(page(ann, archive(ann)).getFirst().deleted()).isFalse();
        var changes = store.via(Emails.class).changes(ann, state, 10).orElseThrow();
        assertThat(changes.updated())
                .containsExactly(page(ann, archive(ann)).getFirst().email());
        assertThat(changes.state()).isGreaterThan(state);
    }

    @Test
    void onlyFlagsThatAreCountedAreAChangeOfTheMailbox() {
        var ann = withMail(1);
        try (var watch = store.watchers.watch(ann)) {
            flag(ann, List.of(1L), Keyword.FLAGGED);
            assertThat(watch.take().orElseThrow().kinds()).containsExactly(Change.Kind.EMAIL);
            flag(ann, List.of(1L), Keyword.SEEN);
            assertThat(watch.take().orElseThrow().kinds())
                    .containsExactlyInAnyOrder(Change.Kind.EMAIL, Change.Kind.MAILBOX);
            flag(ann, List.of(1L), Keyword.DRAFT); // a draft is not unread, seen or not
            assertThat(watch.take().orElseThrow().kinds()).containsExactly(Change.Kind.EMAIL);
            messages().store(ann, store.inbox(ann).id(), uids(1), DELETED, Optional.empty());
            assertThat(watch.take().orElseThrow().kinds())
                    .containsExactlyInAnyOrder(Change.Kind.EMAIL, Change.Kind.MAILBOX, Change.Kind.THREAD);
        }
    }

    /** For who does not see what is marked. */
    @Test
    void anEmailWhoseLastMarkIsTakenBackLeavesATrace() {
        var ann = withMail(2);
        var inbox = store.inbox(ann).id();
        var unmark = new FlagChange(KeywordPatch.NONE, Optional.of(false));
        messages().copy(ann, inbox, uids(1), archive(ann)).orThrow();
        messages().store(ann, inbox, uids(1, 2), DELETED, Optional.empty()).orThrow();
        for (int i = 0; i < 2; i++) {
            var state = store.via(Emails.class).state(ann);
            messages().store(ann, inbox, uids(1, 2), unmark, Optional.empty()).orThrow();
            var changes = store.via(Emails.class).changes(ann, state, 10).orElseThrow();
            assertThat(changes.returned())
                    .containsExactly(page(ann, inbox).get(1).email());
            assertThat(changes.updated()).hasSize(2);
            messages().store(ann, inbox, uids(1, 2), DELETED, Optional.empty()).orThrow();
        }
    }

    @Test
    void nothingChangedRaisesNothingAndTellsNobody() {
        var ann = withMail(1);
        flag(ann, List.of(1L), Keyword.SEEN);
        var inbox = store.inbox(ann);
        var state = store.via(Emails.class).state(ann);
        var told = new AtomicInteger();
        try (var watch = store.watchers.watch(ann)) {
            watch.onChange(told::incrementAndGet);
            assertThat(flag(ann, List.of(1L), Keyword.SEEN)).isEmpty();
            assertThat(messages().expunge(ann, inbox.id(), Optional.empty()).orThrow())
                    .isEqualTo(new Messages.Expunged(List.of(), inbox.modSeq(), false));
            assertThat(messages()
                            .move(ann, inbox.id(), uids(7), archive(ann))
                            .orThrow()
                            .to())
                    .isEmpty();
            assertThat(messages().append(ann, inbox.id(), List.of()).orThrow().uids())
                    .isEmpty();
            assertThat(told).hasValue(0);
            messages().copy(ann, inbox.id(), uids(1), archive(ann));
            assertThat(told).hasValue(1);
        }
        assertThat(store.via(Emails.class).state(ann).value()).isEqualTo(state.value() + 1);
    }

    @Test
    void whatIsRefusedHasChangedNothing() {
        var ann = withMail(1);
        var other = withMail(1);
        var inbox = store.inbox(ann).id();
        var theirs = store.inbox(other).id();
        var state = store.via(Emails.class).state(ann);
        var gone = Attempt.refused(Refusal.NO_SUCH_MAILBOX);
        var some = new NewEmail(store.message("s", "", List.of()), StoreUnderTest.RECEIVED, Set.of(), false);
        for (var nowhere : List.of(NOWHERE, theirs)) {
            assertThat(messages().copy(ann, inbox, uids(1), nowhere)).isEqualTo(gone);
            assertThat(messages().move(ann, nowhere, uids(1), inbox)).isEqualTo(gone);
            assertThat(messages().expunge(ann, nowhere, Optional.empty())).isEqualTo(gone);
            assertThat(messages().append(ann, nowhere, List.of(some))).isEqualTo(gone);
            assertThat(messages().store(ann, nowhere, uids(1), DELETED, Optional.empty()))
                    .isEqualTo(gone);
        }
        var nobody = new AccountId(-1);
        var noAccount = Attempt.refused(Refusal.NO_SUCH_ACCOUNT);
        assertThat(messages().copy(nobody, inbox, uids(1), inbox)).isEqualTo(noAccount);
        assertThat(messages().store(nobody, inbox, uids(1), DELETED, Optional.empty()))
                .isEqualTo(noAccount);
        assertThat(messages().expunge(nobody, inbox, Optional.empty())).isEqualTo(noAccount);
        assertThat(messages().append(nobody, inbox, List.of(some))).isEqualTo(noAccount);
        var many = IntStream.range(0, KeywordPatch.MOST + 1)
                .mapToObj(i -> new Keyword("k" + i))
                .collect(Collectors.toSet());
        assertThat(messages()
                        .store(
                                ann,
                                inbox,
                                uids(1),
                                new FlagChange(KeywordPatch.adding(many), Optional.empty()),
                                Optional.empty()))
                .isEqualTo(Attempt.refused(Refusal.TOO_MANY_KEYWORDS));
        assertThatThrownBy(() -> messages()
                        .move(ann, inbox, uids(LongStream.range(0, 1_001).toArray()), inbox))
                .isInstanceOf(RuntimeException.class);
        assertThat(store.via(Emails.class).state(ann)).isEqualTo(state);
    }

    @Test
    void aMailboxThatHasGivenItsLastUidTakesNothing() throws Exception {
        var ann = withMail(1);
        var inbox = store.inbox(ann).id();
        try (var connection = store.runtime.get(DataSource.class).getConnection();
                var statement = connection.createStatement()) {
            statement.executeUpdate("update mailbox set uid_next = 4294967294 where id = "
                    + archive(ann).value());
        }
        var full = Attempt.refused(Refusal.NO_UIDS_LEFT);
        messages().copy(ann, inbox, uids(1), archive(ann)).orThrow();
        assertThat(messages().copy(ann, inbox, uids(1), archive(ann))).isEqualTo(full);
        assertThat(messages().move(ann, inbox, uids(1), archive(ann))).isEqualTo(full);
        var some = new NewEmail(store.message("s", "", List.of()), StoreUnderTest.RECEIVED, Set.of(), false);
        assertThat(messages().append(ann, archive(ann), List.of(some))).isEqualTo(full);
    }

    @Test
    void overTheQuotaNothingIsAddedButMovedAndFlagged() {
        var ann = withMail(2);
        var inbox = store.inbox(ann).id();
        messages().copy(ann, inbox, uids(1), archive(ann)).orThrow();
        var address = store.via(Accounts.class).find(ann).orElseThrow().address();
        store.via(Quotas.class)
                .limitAccount(
                        EmailAddress.parse(address.toString()).orElseThrow(),
                        new Quotas.Limits(OptionalLong.of(2L * StoreUnderTest.SIZE), OptionalLong.empty()));
        var over = Attempt.refused(Refusal.OVER_QUOTA);
        var some = new NewEmail(store.message("s", "", List.of()), StoreUnderTest.RECEIVED, Set.of(), false);
        assertThat(messages().append(ann, inbox, List.of(some))).isEqualTo(over);
        assertThat(store.via(Emails.class).add(ann, some, Set.of(inbox))).isEqualTo(over);
        assertThat(messages().copy(ann, inbox, uids(1), archive(ann))).isEqualTo(over);
        messages().copy(ann, inbox, uids(2), archive(ann)).orThrow(); // the same email once more
        messages().move(ann, inbox, uids(1), archive(ann)).orThrow();
        flag(ann, List.of(2L), Keyword.SEEN);
        assertThat(messages()
                        .store(ann, archive(ann), uids(1, 2, 3), DELETED, Optional.empty())
                        .orThrow()
                        .messages())
                .hasSize(3);
        messages().expunge(ann, archive(ann), Optional.empty()).orThrow();
        messages().append(ann, inbox, List.of(some)).orThrow();
    }

    @Test
    void expungeTakesAThousandAtOnceAndLeavesTombstones() {
        var ann = withMail(0);
        var inbox = store.inbox(ann).id();
        var emails = IntStream.range(0, 1_000)
                .mapToObj(i -> new NewEmail(store.message("s", "", List.of()), StoreUnderTest.RECEIVED, Set.of(), true))
                .toList();
        messages().append(ann, inbox, emails).orThrow();
        messages().append(ann, inbox, emails.subList(0, 2)).orThrow();
        var since = store.inbox(ann).modSeq();
        var first = messages().expunge(ann, inbox, Optional.empty()).orThrow();
        assertThat(first.uids()).hasSize(1_000);
        assertThat(first.more()).isTrue();
        var second = messages().expunge(ann, inbox, Optional.empty()).orThrow();
        assertThat(second.uids()).containsExactly(new Uid(1_001), new Uid(1_002));
        assertThat(second.more()).isFalse();
        assertThat(messages().vanished(ann, inbox, since, new Uid(1_001)).orElseThrow())
                .hasSize(1_001);
        assertThat(messages()
                        .vanished(ann, inbox, first.modSeq(), new Uid(5_000))
                        .orElseThrow())
                .containsExactly(new Uid(1_001), new Uid(1_002));
        assertThat(messages().vanished(ann, inbox, new ModSeq(1_000_000), new Uid(1)))
                .isEmpty();
        var page = store.via(Emails.class).changes(ann, since, 10).orElseThrow();
        assertThat(page.destroyed()).hasSize(1_000);
        assertThat(page.more()).isTrue();
    }

    @Test
    void aLargeMailboxIsRemovedInSeveralCalls() {
        var ann = withMail(0);
        var big = store.via(Mailboxes.class)
                .create(ann, Mailboxes.Creation.named("big"))
                .orThrow();
        var emails = IntStream.range(0, 1_000)
                .mapToObj(
                        i -> new NewEmail(store.message("s", "", List.of()), StoreUnderTest.RECEIVED, Set.of(), false))
                .toList();
        messages().append(ann, big.id(), emails).orThrow();
        messages().append(ann, big.id(), emails.subList(0, 1)).orThrow();
        assertThat(store.via(Mailboxes.class).remove(ann, big.id(), true).orThrow())
                .isFalse();
        assertThat(store.via(Mailboxes.class).find(ann, big.id()).orElseThrow().messages())
                .isEqualTo(1);
        assertThat(store.via(Mailboxes.class).remove(ann, big.id(), true).orThrow())
                .isTrue();
        assertThat(store.emails(ann)).isEmpty();
    }

    /** RFC 8621 §4.7. */
    @Test
    void anEmailIsCopiedToAnotherAccount() {
        var ann = withMail(1);
        var bob = withMail(0);
        var original = store.emails(ann).getFirst();
        var inbox = store.inbox(bob).id();
        var emails = store.via(Emails.class);
        var keywords = Set.of(Keyword.FLAGGED);
        var copy = emails.copy(ann, original.id(), bob, Set.of(inbox, archive(bob)), keywords, Optional.empty())
                .orThrow();
        assertThat(copy.blob()).isEqualTo(original.blob());
        assertThat(copy.received()).isEqualTo(original.received());
        assertThat(copy.keywords()).isEqualTo(keywords);
        assertThat(copy.mailboxes()).containsExactlyInAnyOrder(inbox, archive(bob));
        assertThat(copy.id()).isNotEqualTo(original.id());
        assertThat(emails.copy(bob, original.id(), ann, Set.of(inbox), keywords, Optional.empty()))
                .isEqualTo(Attempt.refused(Refusal.NO_SUCH_EMAIL));
        assertThat(emails.copy(ann, original.id(), bob, Set.of(), keywords, Optional.empty()))
                .isEqualTo(Attempt.refused(Refusal.NO_MAILBOX_LEFT));
        assertThat(emails.copy(ann, original.id(), bob, Set.of(store.inbox(ann).id()), keywords, Optional.empty()))
                .isEqualTo(Attempt.refused(Refusal.NO_SUCH_MAILBOX));
    }

    @Test
    void oneRefusedUpdateDoesNotHinderTheOthers() {
        var ann = withMail(2);
        var ids = store.emails(ann).stream().map(Emails.Email::id).toList();
        var gone = new EmailId(-1);
        var answers = store.via(Emails.class)
                .update(
                        ann,
                        List.of(
                                new Emails.Update(gone, KeywordPatch.NONE, MailboxPatch.NONE),
                                new Emails.Update(
                                        ids.getFirst(),
                                        KeywordPatch.adding(Set.of(Keyword.SEEN)),
                                        new MailboxPatch(false, Set.of(NOWHERE), Set.of())),
                                new Emails.Update(
                                        ids.getLast(),
                                        KeywordPatch.adding(Set.of(Keyword.SEEN)),
                                        new MailboxPatch(true, Set.of(archive(ann)), Set.of()))));
        assertThat(answers.get(gone)).isEqualTo(Attempt.refused(Refusal.NO_SUCH_EMAIL));
        assertThat(answers.get(ids.getFirst())).isEqualTo(Attempt.refused(Refusal.NO_SUCH_MAILBOX));
        assertThat(java.util.Objects.requireNonNull(answers.get(ids.getLast())).orThrow())
                .isEqualTo(store.via(Emails.class).state(ann));
        assertThat(store.inbox(ann).messages()).isEqualTo(1);
        assertThat(store.inbox(ann).unseen()).isEqualTo(1);
        assertThat(page(ann, archive(ann)).getFirst().keywords()).containsExactly(Keyword.SEEN);
        assertThat(store.via(Emails.class).destroy(ann, List.of(gone, ids.getFirst())))
                .containsExactly(ids.getFirst());
    }

    /** An email of the same octets twice in one APPEND, and threads found among what comes together. */
    @Test
    void messagesAppendedTogetherFindTheirThreads() {
        var ann = withMail(0);
        var inbox = store.inbox(ann).id();
        var messages = List.of(
                store.message("x", "a@together", List.of()),
                store.message("x", "b@together", List.of()),
                store.message("Re: x", "c@together", List.of("a@together", "b@together")));
        var appended = messages()
                .append(
                        ann,
                        inbox,
                        java.util.stream.Stream.concat(messages.stream(), messages.stream())
                                .map(message ->
                                        new NewEmail(message, StoreUnderTest.RECEIVED, Set.of(Keyword.SEEN), false))
                                .toList())
                .orThrow();
        assertThat(appended.uids()).hasSize(6);
        assertThat(store.emails(ann).stream().map(Emails.Email::thread).distinct())
                .hasSize(1);
        assertThat(store.emails(ann).stream().map(Emails.Email::blob).distinct())
                .hasSize(3);
    }

    @Test
    void aRemovedAccountLeavesNothing() {
        var ann = withMail(2);
        var address = store.via(Accounts.class).find(ann).orElseThrow().address();
        var inbox = store.inbox(ann).id();
        messages().store(ann, inbox, uids(1), DELETED, Optional.empty()).orThrow();
        messages().expunge(ann, inbox, Optional.empty()).orThrow();
        store.via(Mailboxes.class).remove(ann, archive(ann), false).orThrow();
        assertThat(store.via(Accounts.class).remove(address)).isEqualTo(Accounts.Removal.REMOVED);
        store.clear(ann);
        for (var table : List.of(
                "email", "mailbox", "mailbox_email", "expunged", "destroyed", "orphaned_subscription", "annotation")) {
            try (var connection = store.runtime.get(DataSource.class).getConnection();
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery(
                            "select count(*) from " + table + " where account_id = " + ann.value())) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getLong(1)).as(table).isZero();
            } catch (java.sql.SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void messagesAreAppendedByTheNameOfAMailbox() {
        var ann = withMail(1);
        var inbox = store.inbox(ann);
        assertThat(messages().append(ann, "Inbox", List.of(mail("new"))).orThrow())
                .isEqualTo(new Messages.Appended(inbox.id(), inbox.uidValidity(), uids(2)));
        assertThat(messages().append(ann, "Archive/", List.of(mail("new"))).orThrow())
                .extracting(Messages.Appended::mailbox)
                .isEqualTo(archive(ann));
        for (var name : List.of("Nothing", "", "a//b")) {
            assertThat(messages().append(ann, name, List.of(mail("lost"))))
                    .isEqualTo(Attempt.refused(Attempt.Refusal.NO_SUCH_MAILBOX));
        }
    }

    /** RFC 8508 §3.4. */
    @Test
    void aMessageReplacesAnotherAtOnce() {
        var ann = withMail(3);
        var inbox = store.inbox(ann);
        var told = new AtomicInteger();
        try (var watch = store.watchers.watch(ann)) {
            watch.onChange(told::incrementAndGet);
            var appended = messages()
                    .replace(ann, inbox.id(), new Uid(2), inbox.id(), mail("new", Keyword.DRAFT))
                    .orThrow();
            assertThat(appended).isEqualTo(new Messages.Appended(inbox.id(), inbox.uidValidity(), uids(4)));
            assertThat(told).hasValue(1);
        }
        var now = page(ann, inbox.id());
        assertThat(now).extracting(Messages.Message::uid).containsExactlyElementsOf(uids(1, 3, 4));
        assertThat(now.getLast().keywords()).containsExactly(Keyword.DRAFT);
        assertThat(now.getLast().modSeq()).isEqualTo(store.inbox(ann).modSeq());
        assertThat(messages().vanished(ann, inbox.id(), inbox.modSeq(), new Uid(4)))
                .hasValue(uids(2));
        messages()
                .replace(ann, inbox.id(), new Uid(1), archive(ann), mail("elsewhere"))
                .orThrow();
        assertThat(page(ann, inbox.id())).hasSize(2);
        assertThat(page(ann, archive(ann))).hasSize(1);
    }

    @Test
    void whatIsReplacedStaysWhereAnotherMailboxHoldsIt() {
        var ann = withMail(1);
        var inbox = store.inbox(ann).id();
        messages().copy(ann, inbox, uids(1), archive(ann)).orThrow();
        messages().replace(ann, inbox, new Uid(1), inbox, mail("new")).orThrow();
        assertThat(page(ann, archive(ann))).hasSize(1);
        assertThat(page(ann, inbox)).extracting(Messages.Message::uid).containsExactly(new Uid(2));
    }

    @Test
    void aReplacementThatIsRefusedLeavesTheOldMessage() {
        var ann = withMail(2);
        var inbox = store.inbox(ann).id();
        var some = mail("s");
        var gone = Attempt.refused(Refusal.NO_SUCH_EMAIL);
        assertThat(messages().replace(ann, inbox, new Uid(9), inbox, some)).isEqualTo(gone);
        assertThat(messages().replace(ann, NOWHERE, new Uid(1), inbox, some)).isEqualTo(gone);
        assertThat(messages().replace(ann, inbox, new Uid(1), NOWHERE, some))
                .isEqualTo(Attempt.refused(Refusal.NO_SUCH_MAILBOX));
        assertThat(page(ann, inbox)).hasSize(2);
    }

    private NewEmail mail(String subject, Keyword... keywords) {
        return new NewEmail(store.message(subject, "", List.of()), StoreUnderTest.RECEIVED, Set.of(keywords), false);
    }

    private AccountId withMail(int messages) {
        var account = store.account();
        for (int i = 0; i < messages; i++) {
            store.deliver(store.message("s", "", List.of()), account);
        }
        return account;
    }

    private List<Messages.Flags> flag(AccountId account, List<Long> uids, Keyword keyword) {
        return messages()
                .store(
                        account,
                        store.inbox(account).id(),
                        uids.stream().map(Uid::new).toList(),
                        FlagChange.adding(keyword),
                        Optional.empty())
                .orThrow()
                .messages();
    }

    private List<Messages.Message> page(AccountId account, MailboxId mailbox) {
        return messages().page(account, mailbox, new Uid(0), new Uid(1_000));
    }

    private MailboxId archive(AccountId account) {
        return boxArchive(account).id();
    }

    private Mailboxes.Mailbox boxArchive(AccountId account) {
        return store.via(Mailboxes.class).find(account, "Archive").orElseThrow();
    }

    private static List<Uid> uids(long... uids) {
        return LongStream.of(uids).mapToObj(Uid::new).toList();
    }

    private Messages messages() {
        return store.via(Messages.class);
    }

    @Test
    void anIndexThatIsTooLargeForAllIsKeptByItsOneCaller() {
        var account = store.account();
        var inbox =
                store.via(Mailboxes.class).find(account, "INBOX").orElseThrow().id();
        var messages = store.via(Messages.class);
        store.settings(Map.of("cache.index-size", "64"));
        try {
            append(account, inbox, "one", "two");
            assertThat(messages.index(account, inbox)).isEmpty();
            var held = messages.index(account, inbox, MailboxIndex.empty()).orElseThrow();
            assertThat(held.size()).isEqualTo(2);
            append(account, inbox, "three");
            messages.store(account, inbox, List.of(new Uid(1)), FlagChange.adding(Keyword.SEEN), Optional.empty());
            var next = messages.index(account, inbox, held).orElseThrow();
            assertThat(next.size()).isEqualTo(3);
            assertThat(IndexChanges.between(held, next).changed()).containsExactly(0);
            assertThat(IndexChanges.between(held, next).added()).containsExactly(2);
        } finally {
            store.settings(Map.of());
        }
    }

    @Test
    void whatMessagesContainIsTheSameFromMemoryAndFromRows() {
        var account = store.account();
        var inbox = store.inbox(account).id();
        append(account, inbox, "one", "two", "three");
        var described = messages().described(account, inbox, new Uid(0), new Uid(9));
        var ids = described.stream().map(row -> row.message().email()).toList();
        var emails = store.via(Emails.class);
        try {
            for (var size : List.of("0", "1KB", "1MB")) {
                store.settings(Map.of("cache.contents-size", size));
                for (int round = 0; round < 2; round++) {
                    var contents = emails.contents(account, ids);
                    assertThat(contents).hasSize(3);
                    assertThat(described)
                            .allSatisfy(row -> assertThat(row.contents())
                                    .isEqualTo(contents.get(row.message().email())));
                    assertThat(emails.read(account, ids, true).emails())
                            .allSatisfy(seen -> assertThat(seen.contents())
                                    .isEqualTo(contents.get(seen.email().id())));
                }
                assertThat(emails.contents(store.account(), ids)).isEmpty();
            }
        } finally {
            store.settings(Map.of());
        }
        assertThat(emails.contents(account, List.of())).isEmpty();
        assertThat(emails.contents(account, List.of(ids.getFirst(), new EmailId(Long.MAX_VALUE))))
                .containsOnlyKeys(ids.getFirst());
    }

    private void append(AccountId account, MailboxId mailbox, String... subjects) {
        var emails = Arrays.stream(subjects)
                .map(subject ->
                        new NewEmail(store.message(subject, "", List.of()), StoreUnderTest.RECEIVED, Set.of(), false))
                .toList();
        store.via(Messages.class).append(account, mailbox, emails).orThrow();
    }
}

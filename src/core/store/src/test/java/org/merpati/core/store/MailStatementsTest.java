package org.merpati.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Emails.MailboxPatch;
import org.merpati.core.store.Messages.FlagChange;
import org.merpati.core.store.index.IndexRow;
import org.merpati.core.store.index.MailboxIndex;
import org.merpati.launch.runtime.EmbeddedRuntime;

/** What changes of many messages send to the database: as much as a change of two. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailStatementsTest {
    private StoreUnderTest store;
    private AccountId account;
    private MailboxId inbox;
    private MailboxId archive;

    @BeforeAll
    void start() {
        store = new StoreUnderTest(EmbeddedRuntime.builder()
                .database(CountedDriver.counted("jdbc:h2:mem:mailstatements"), "sa", "")
                .acceptVolatile(true)
                .start());
    }

    @BeforeEach
    void fill() {
        account = store.account();
        inbox = store.inbox(account).id();
        archive = store.via(Mailboxes.class)
                .find(account, "Archive")
                .orElseThrow()
                .id();
        for (int i = 0; i < 1_202; i += 601) {
            append(601);
        }
    }

    @AfterAll
    void stop() {
        store.close();
    }

    @Test
    void aChangeOfAThousandMessagesTakesTheStatementsOfAChangeOfTwo() {
        var two = List.of(new Uid(1), new Uid(2));
        var many = uids(3, 1_002);
        same(
                two,
                many,
                7,
                uids -> messages()
                        .store(account, inbox, uids, FlagChange.adding(Keyword.SEEN), Optional.empty())
                        .orThrow());
        same(
                two,
                many,
                7,
                uids -> messages()
                        .store(
                                account,
                                inbox,
                                uids,
                                new FlagChange(KeywordPatch.NONE, Optional.of(true)),
                                Optional.empty())
                        .orThrow());
        same(
                two,
                many,
                8,
                uids -> messages().copy(account, inbox, uids, archive).orThrow());
        // the second time they become new emails, whose ids come from a sequence in blocks of 500
        same(
                two,
                many,
                14,
                uids -> messages().copy(account, inbox, uids, archive).orThrow());
        var state = store.inbox(account).uidNext().value();
        same(two, many, 14, uids -> messages().move(account, inbox, uids, inbox).orThrow());
        var moved = uids(state, state + 1);
        var rest = uids(state + 2, state + 1_001);
        same(
                moved,
                rest,
                14,
                uids -> messages().expunge(account, inbox, Optional.of(uids)).orThrow());
    }

    @Test
    void anUpdateOfManyEmailsTakesTheStatementsOfOne() {
        var ids = store.via(Emails.class)
                .query(account, Optional.empty(), true, 0, 400)
                .ids();
        var trash =
                store.via(Mailboxes.class).find(account, "Trash").orElseThrow().id();
        same(ids.subList(0, 2), ids.subList(2, 400), 13, some -> {
            var updates = new ArrayList<Emails.Update>();
            for (EmailId id : some) {
                updates.add(new Emails.Update(
                        id,
                        KeywordPatch.adding(Set.of(Keyword.FLAGGED)),
                        new MailboxPatch(true, Set.of(trash), Set.of())));
            }
            store.via(Emails.class).update(account, updates).values().forEach(Attempt::orThrow);
        });
        same(
                ids.subList(0, 2),
                ids.subList(2, 400),
                14,
                some -> store.via(Emails.class).destroy(account, some));
    }

    @Test
    void aRemovedAccountGoesInPartsOfTheSameStatements() {
        var small = store.account();
        store.deliver(store.message("s", "", List.of()), small);
        store.deliver(store.message("s", "", List.of()), small);
        remove(small);
        remove(account);
        var garbage = store.via(Garbage.class);
        var whole = statements(() -> assertThat(garbage.clear(small)).isEqualTo(new Garbage.Cleared(2, false)));
        var first = statements(() -> assertThat(garbage.clear(account)).isEqualTo(new Garbage.Cleared(1_000, true)));
        var last = statements(() -> assertThat(garbage.clear(account)).isEqualTo(new Garbage.Cleared(202, false)));
        int tables = 9; // of what else an account has, each looked at and cleared
        assertThat(last).isEqualTo(whole).hasSizeLessThanOrEqualTo(13 + 2 * tables);
        assertThat(last).startsWith(first.toArray(String[]::new));
        assertThat(first).hasSizeLessThanOrEqualTo(9);
    }

    /** What this node has changed it need not read: one statement says that it knows. */
    @Test
    void theIndexFollowsChangesWithoutReadingThem() {
        var some = uids(5, 700);
        follows(() -> messages()
                .store(account, inbox, some, FlagChange.adding(Keyword.FLAGGED), Optional.empty())
                .orThrow());
        follows(() -> messages()
                .store(account, inbox, some, new FlagChange(KeywordPatch.NONE, Optional.of(true)), Optional.empty())
                .orThrow());
        follows(() ->
                messages().expunge(account, inbox, Optional.of(uids(1, 300))).orThrow());
        follows(() -> append(3));
        follows(() -> store.via(Emails.class)
                .add(account, email(Set.of()), Set.of(inbox, archive))
                .orThrow());
    }

    @Test
    void flagsAreChangedWithoutReadingTheMessages() {
        var some = uids(5, 700);
        assertThat(messages().index(account, inbox)).isPresent();
        assertThat(statements(() -> assertThat(messages()
                                .store(
                                        account,
                                        inbox,
                                        some,
                                        FlagChange.adding(new Keyword("$changed")),
                                        Optional.of(new ModSeq(Long.MAX_VALUE)))
                                .orThrow()
                                .messages())
                        .hasSize(696)))
                .noneMatch(sql -> sql.startsWith("select") && sql.contains("email e"));
        assertThat(rows(messages().index(account, inbox).orElseThrow())).isEqualTo(read());
    }

    /** A message in another one's place and threads that become one are more than a step says. */
    @Test
    void whatChangesMoreIsRead() {
        messages().append(account, inbox, List.of(tied("a@x"), tied("b@x"))).orThrow();
        agrees(() -> messages()
                .append(account, inbox, List.of(tied("c@x", "a@x", "b@x")))
                .orThrow());
        agrees(() -> messages()
                .replace(account, inbox, new Uid(2), inbox, email(Set.of()))
                .orThrow());
        agrees(() -> messages().move(account, inbox, uids(3, 9), inbox).orThrow());
    }

    private NewEmail tied(String id, String... references) {
        return new NewEmail(store.message("tied", id, List.of(references)), StoreUnderTest.RECEIVED, Set.of(), false);
    }

    private void follows(Runnable change) {
        assertThat(messages().index(account, inbox)).isPresent();
        change.run();
        assertThat(statements(() -> messages().index(account, inbox))).hasSize(1);
        assertThat(rows(messages().index(account, inbox).orElseThrow())).isEqualTo(read());
    }

    private void agrees(Runnable change) {
        assertThat(messages().index(account, inbox)).isPresent();
        change.run();
        assertThat(rows(messages().index(account, inbox).orElseThrow())).isEqualTo(read());
    }

    private static List<IndexRow> rows(MailboxIndex index) {
        return IntStream.range(0, index.size()).mapToObj(index::row).toList();
    }

    /** The index as another node would read it now. */
    private List<IndexRow> read() {
        store.settings(Map.of("cache.index-size", "64"));
        try {
            return rows(messages().index(account, inbox, MailboxIndex.empty()).orElseThrow());
        } finally {
            store.settings(Map.of());
        }
    }

    @Test
    void whatMessagesContainIsReadOnce() {
        var index = messages().index(account, inbox).orElseThrow();
        var emails = store.via(Emails.class);
        var ids = LongStream.range(0, 500)
                .mapToObj(place -> new EmailId(index.email((int) place)))
                .toList();
        assertThat(statements(() -> assertThat(emails.contents(account, ids)).hasSize(500)))
                .hasSize(1);
        assertThat(statements(() -> assertThat(emails.contents(account, ids)).hasSize(500)))
                .isEmpty();
        var more = new ArrayList<>(ids.subList(0, 499));
        more.add(new EmailId(index.email(600)));
        assertThat(statements(() -> emails.contents(account, more))).hasSize(1);
        assertThat(statements(() -> emails.read(account, more, true))).noneMatch(sql -> sql.contains("structure"));
    }

    /** Otherwise a change would cost as much as the mailbox is long. */
    @Test
    void whatHasChangedIsFoundByWayOfTheEmails() throws SQLException {
        assertThat(messages().index(account, inbox)).isPresent();
        store.deliver(store.message("new", "", List.of()), account);
        var changed = statements(() -> messages().index(account, inbox)).stream()
                .filter(sql -> sql.contains("from email e left join mailbox_email m"))
                .toList();
        assertThat(changed).hasSize(1);
        assertThat(plan(changed.getFirst())).contains("EMAIL_MODSEQ", "MAILBOX_EMAIL_EMAIL");
    }

    /** Otherwise H2 would read and sort all the rest of a mailbox, or of an account, for each page. */
    @Test
    void pagesComeInTheOrderOfAnIndex() throws SQLException {
        var since = store.inbox(account).modSeq();
        var three = uids(1, 3);
        messages()
                .store(account, inbox, three, new FlagChange(KeywordPatch.NONE, Optional.of(true)), Optional.empty())
                .orThrow();
        var anywhere = Optional.<MailboxId>empty();
        var sent = CountedDriver.during(() -> {
            messages().uids(account, inbox, new Uid(1));
            messages().page(account, inbox, new Uid(1), new Uid(1_000));
            messages().scan(account, inbox, new Uid(1), new Uid(1_000), false);
            messages().scan(account, inbox, new Uid(1), new Uid(1_000), true);
            messages().withSubject(account, inbox, "s", new Uid(1));
            assertThat(messages().index(account, inbox)).isPresent();
            messages().expunge(account, inbox, Optional.empty()).orThrow();
            messages().vanished(account, inbox, since, new Uid(1_000));
            store.via(Emails.class).query(account, anywhere, false, 10, 50);
            store.via(Emails.class).query(account, anywhere, true, 10, 50);
            store.via(Emails.class).changes(account, since, 50);
            store.via(Threads.class).changes(account, since, 50);
            var named = new Checks.Named(account, "");
            store.via(Checks.class).emails(named, Checks.Place.START, false);
            store.via(Garbage.class).forget(account, 1);
            remove(account);
            assertThat(store.via(Garbage.class).removed()).contains(account);
            store.clear(account);
        });
        var pages = sent.stream()
                .distinct()
                .filter(sql -> sql.toLowerCase(Locale.ROOT).matches("(?s)select .* order by .*"))
                .toList();
        assertThat(pages).hasSizeGreaterThan(18);
        for (var sql : pages) {
            assertThat(plan(sql)).as(sql).contains("index sorted");
        }
    }

    private void remove(AccountId gone) {
        var accounts = store.via(Accounts.class);
        accounts.remove(accounts.find(gone).orElseThrow().address());
    }

    private String plan(String sql) throws SQLException {
        try (var connection = store.runtime.get(DataSource.class).getConnection();
                var explain = connection.prepareStatement("explain " + sql)) {
            for (int i = 1; i <= explain.getParameterMetaData().getParameterCount(); i++) {
                explain.setLong(i, 1);
            }
            try (var rows = explain.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    private <T> void same(List<T> few, List<T> many, int most, Consumer<List<T>> change) {
        var small = statements(() -> change.accept(few));
        var large = statements(() -> change.accept(many));
        assertThat(large).isEqualTo(small).hasSizeLessThanOrEqualTo(most);
    }

    /** What blocks of ids cost is not the change's. */
    private static List<String> statements(Runnable work) {
        return CountedDriver.during(work).stream()
                .filter(sql -> !sql.toUpperCase(java.util.Locale.ROOT).contains("NEXT VALUE FOR"))
                .filter(sql -> !sql.toUpperCase(java.util.Locale.ROOT).contains("NEXTVAL"))
                .toList();
    }

    private void append(int number) {
        var emails = new ArrayList<NewEmail>();
        for (int i = 0; i < number; i++) {
            emails.add(email(Set.of(new Keyword("k" + i % 7))));
        }
        messages().append(account, inbox, emails).orThrow();
    }

    private NewEmail email(Set<Keyword> keywords) {
        return new NewEmail(store.message("s", "", List.of()), StoreUnderTest.RECEIVED, keywords, false);
    }

    private static List<Uid> uids(long first, long last) {
        return LongStream.rangeClosed(first, last).mapToObj(Uid::new).toList();
    }

    private Messages messages() {
        return store.via(Messages.class);
    }
}

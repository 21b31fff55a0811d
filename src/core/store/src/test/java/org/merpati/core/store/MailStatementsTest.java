package org.merpati.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Emails.MailboxPatch;
import org.merpati.core.store.Messages.FlagChange;
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
                8,
                uids -> messages()
                        .store(account, inbox, uids, FlagChange.adding(Keyword.SEEN), Optional.empty())
                        .orThrow());
        same(
                two,
                many,
                6,
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
            emails.add(new NewEmail(
                    store.message("s", "", List.of()),
                    StoreUnderTest.RECEIVED,
                    Set.of(new Keyword("k" + i % 7)),
                    false));
        }
        messages().append(account, inbox, emails).orThrow();
    }

    private static List<Uid> uids(long first, long last) {
        return java.util.stream.LongStream.rangeClosed(first, last)
                .mapToObj(Uid::new)
                .toList();
    }

    private Messages messages() {
        return store.via(Messages.class);
    }
}

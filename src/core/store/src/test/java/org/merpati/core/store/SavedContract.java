package org.merpati.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Emails.MailboxPatch;
import org.merpati.core.store.Messages.FlagChange;
import org.merpati.core.store.Messages.Message;
import org.merpati.launch.runtime.EmbeddedRuntime;

/** When messages came into their mailboxes (RFC 8514 §3). A subclass says on which database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SavedContract {
    private StoreUnderTest store;
    private AccountId ann;
    private MailboxId inbox;
    private MailboxId archive;

    abstract EmbeddedRuntime open();

    @BeforeAll
    void start() {
        store = new StoreUnderTest(open());
    }

    @BeforeEach
    void account() {
        ann = store.account();
        inbox = store.inbox(ann).id();
        archive = store.via(Mailboxes.class).find(ann, "Archive").orElseThrow().id();
    }

    @AfterAll
    void stop() {
        if (store != null) {
            store.close();
        }
    }

    @Test
    void aMessageIsSavedWhenItIsDeliveredOrAppendedWhateverItsReceivedDate() {
        var delivered = later();
        store.deliver(store.message("x", "", List.of()), ann);
        var appended = later();
        append();
        assertThat(page(inbox)).extracting(Message::received).containsOnly(StoreUnderTest.RECEIVED);
        assertThat(saved(inbox, 1)).isBetween(delivered, appended);
        assertThat(saved(inbox, 2)).isBetween(appended, now());
    }

    @Test
    void aCopyIsSavedAnewAndItsOriginalStaysAsItWas() {
        var appended = later();
        append();
        var copied = later();
        messages().copy(ann, inbox, List.of(new Uid(1)), archive).orThrow();
        var again = later();
        messages().copy(ann, inbox, List.of(new Uid(1)), archive).orThrow();
        assertThat(saved(inbox, 1)).isBetween(appended, copied);
        assertThat(saved(archive, 1)).isBetween(copied, again);
        assertThat(saved(archive, 2)).as("another email on the same octets").isBetween(again, now());
    }

    @Test
    void whatIsMovedIsSavedAnew() {
        append();
        append();
        append();
        var moved = later();
        messages().move(ann, inbox, List.of(new Uid(1)), archive).orThrow();
        var patched = later();
        var second = page(inbox).getFirst().email();
        store.via(Emails.class)
                .update(
                        ann,
                        List.of(new Emails.Update(
                                second, KeywordPatch.NONE, new MailboxPatch(true, Set.of(archive), Set.of()))))
                .values()
                .forEach(Attempt::orThrow);
        var replaced = later();
        messages().replace(ann, inbox, new Uid(3), inbox, email()).orThrow();
        assertThat(saved(archive, 1)).isBetween(moved, patched);
        assertThat(saved(archive, 2)).isBetween(patched, replaced);
        assertThat(saved(inbox, 4)).isBetween(replaced, now());
    }

    /** RFC 8514 §3: once calculated it does not change. */
    @Test
    void aChangeOfFlagsLeavesItAsItWas() {
        append();
        var before = saved(inbox, 1);
        later();
        var change = new FlagChange(KeywordPatch.adding(Set.of(Keyword.SEEN)), Optional.of(true));
        var changed = messages()
                .store(ann, inbox, List.of(new Uid(1)), change, Optional.empty())
                .orThrow()
                .messages();
        var message = page(inbox).getFirst();
        assertThat(message.saved()).contains(before);
        assertThat(changed)
                .containsExactly(new Messages.Flags(new Uid(1), message.modSeq(), true, Set.of(Keyword.SEEN)));
        assertThat(message.with(changed.getFirst())).isEqualTo(message);
    }

    @Test
    void scansSayItToo() {
        append();
        later();
        append();
        var all = page(inbox).stream().map(Message::saved).toList();
        assertThat(all).hasSize(2).doesNotHaveDuplicates();
        for (boolean structures : List.of(true, false)) {
            assertThat(messages().scan(ann, inbox, new Uid(0), new Uid(9), structures))
                    .extracting(Messages.Scanned::saved)
                    .isEqualTo(all);
        }
    }

    @Test
    void ofOlderRowsItIsNotKnown() {
        append();
        House.sql(store.runtime, "update mailbox_email set saved = null where mailbox_id = " + inbox.value());
        assertThat(page(inbox)).extracting(Message::saved).containsExactly(Optional.empty());
        assertThat(messages().scan(ann, inbox, new Uid(0), new Uid(9), true))
                .extracting(Messages.Scanned::saved)
                .containsExactly(Optional.empty());
        messages().copy(ann, inbox, List.of(new Uid(1)), archive).orThrow();
        assertThat(page(archive).getFirst().saved()).isPresent();
    }

    /** An hour later than all that was before; what is saved from now on is not earlier. */
    private Instant later() {
        store.ahead.addAndGet(Duration.ofHours(1).toMillis());
        return now();
    }

    private Instant now() {
        return InstantSource.system().instant().plusMillis(store.ahead.get()).truncatedTo(ChronoUnit.MILLIS);
    }

    private Instant saved(MailboxId mailbox, long uid) {
        return messages()
                .page(ann, mailbox, new Uid(uid - 1), new Uid(uid))
                .getFirst()
                .saved()
                .orElseThrow();
    }

    private List<Message> page(MailboxId mailbox) {
        return messages().page(ann, mailbox, new Uid(0), new Uid(1_000));
    }

    private void append() {
        messages().append(ann, inbox, List.of(email())).orThrow();
    }

    private NewEmail email() {
        return new NewEmail(store.message("x", "", List.of()), StoreUnderTest.RECEIVED, Set.of(), false);
    }

    private Messages messages() {
        return store.via(Messages.class);
    }
}

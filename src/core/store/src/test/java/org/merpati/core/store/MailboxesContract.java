package org.merpati.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Attempt.Refusal;
import org.merpati.core.store.Mailboxes.Creation;
import org.merpati.core.store.Mailboxes.Mailbox;
import org.merpati.core.store.Mailboxes.Recent;
import org.merpati.core.store.Mailboxes.Update;
import org.merpati.launch.runtime.EmbeddedRuntime;

/** The tree of mailboxes: names, roles, subscriptions, and what clients are told of it. A subclass says on which database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MailboxesContract {
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
    void aMailboxIsMadeWithItsParents() {
        var ann = store.account();
        var last = mailboxes().list(ann).stream()
                .mapToLong(mailbox -> mailbox.uidValidity().value())
                .max()
                .orElseThrow();
        var made = make(ann, "a/b/c/");
        assertThat(made.name()).isEqualTo("a/b/c");
        assertThat(made.uidNext()).isEqualTo(new Uid(1));
        assertThat(made.uidValidity().value()).isGreaterThan(last);
        assertThat(find(ann, "a")).isPresent();
        assertThat(find(ann, "a/b")).isPresent();
        assertThat(mailboxes().list(ann))
                .extracting(Mailbox::name)
                .startsWith("INBOX", "Archive")
                .endsWith("a/b/c");
        assertThat(mailboxes().create(ann, Creation.named("a/b"))).isEqualTo(Attempt.refused(Refusal.NAME_TAKEN));
    }

    @Test
    void whatIsReadWhileAnAccountIsHeldIsStillSoWhenItIsWritten() throws Exception {
        var ann = store.account();
        var state = store.via(Emails.class).state(ann);
        try (var pool = Executors.newFixedThreadPool(8)) {
            var made = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < 8; i++) {
                var creation = Creation.named("One of eight: " + i);
                made.add(pool.submit(() ->
                        store.unit(services -> services.get(Accounts.class).hold(ann, () -> {
                            boolean first =
                                    services.get(Emails.class).state(ann).equals(state);
                            if (first) {
                                services.get(Mailboxes.class).create(ann, creation);
                            }
                            return first;
                        }))));
            }
            int count = 0;
            for (var one : made) {
                count += one.get() ? 1 : 0;
            }
            assertThat(count).isEqualTo(1);
        }
    }

    @Test
    void twoMailboxesSwapTheirNamesWhileTheAccountIsHeld() {
        var ann = store.account();
        var a = make(ann, "a");
        var below = make(ann, "a/below");
        var b = make(ann, "b");
        store.unit(services -> services.get(Accounts.class).hold(ann, () -> {
            var mailboxes = services.get(Mailboxes.class);
            mailboxes.update(ann, below.id(), Update.subscribing(true));
            mailboxes.update(ann, a.id(), Update.renaming("c"));
            mailboxes.update(ann, b.id(), Update.renaming("a"));
            mailboxes.update(ann, a.id(), Update.renaming("b"));
            return mailboxes.update(ann, below.id(), Update.renaming("a/below"));
        }));
        assertThat(find(ann, "a").orElseThrow().id()).isEqualTo(b.id());
        assertThat(find(ann, "b").orElseThrow().id()).isEqualTo(a.id());
        assertThat(find(ann, "a/below").orElseThrow().id()).isEqualTo(below.id());
        assertThat(find(ann, "b/below")).isEmpty();
    }

    @Test
    void namesAreNetUnicode() {
        var ann = store.account();
        assertThat(make(ann, "inbox/A\u0308rger").name()).isEqualTo("INBOX/\u00c4rger");
        assertThat(find(ann, "InBox/\u00c4rger")).isPresent();
        assertThat(make(ann, "inbo\u0131x").name()).isEqualTo("inbo\u0131x");
        assertThat(make(ann, "\u0131nbox").name()).isEqualTo("\u0131nbox"); // no inbox, though its capitals are INBOX
        assertThat(make(ann, "\ud83d\ude00").name()).isEqualTo("\ud83d\ude00");
        for (var bad :
                List.of("", "/", "/a", "a//b", "a//", "a\u0000", "a\u0085b", "\ud83d", "a\u2028", "x".repeat(1_001))) {
            assertThat(mailboxes().create(ann, Creation.named(bad)))
                    .as("%s", bad)
                    .isEqualTo(Attempt.refused(Refusal.BAD_NAME));
            assertThat(find(ann, bad)).isEmpty();
        }
        assertThat(make(ann, "x".repeat(1_000)).name()).hasSize(1_000);
        assertThat(mailboxes().create(ann, Creation.named("INBOX"))).isEqualTo(Attempt.refused(Refusal.NAME_TAKEN));
    }

    @Test
    void aRenamedMailboxTakesItsChildrenAlongAndKeepsUidsAndValidity() {
        var ann = store.account();
        make(ann, "w%_!x");
        var child = make(ann, "w%_!x/\ud83d\ude00/deep");
        var other = make(ann, "wabcx/kept");
        var before = find(ann, "w%_!x").orElseThrow();
        var after = mailboxes()
                .update(ann, before.id(), Update.renaming("new/\u00e4nd longer"))
                .orThrow();
        assertThat(after.uidValidity()).isEqualTo(before.uidValidity());
        assertThat(find(ann, child.id()).orElseThrow().name()).isEqualTo("new/\u00e4nd longer/\ud83d\ude00/deep");
        assertThat(find(ann, "new")).isPresent();
        assertThat(find(ann, other.id())).contains(other);
        assertThat(find(ann, "w%_!x/\ud83d\ude00")).isEmpty();
    }

    @Test
    void whatCannotBeRenamedStays() {
        var ann = store.account();
        var one = make(ann, "one");
        make(ann, "one/" + "x".repeat(900));
        var inbox = store.inbox(ann);
        var state = state(ann);
        assertThat(rename(ann, one.id(), "one/two")).isEqualTo(Attempt.refused(Refusal.BELOW_ITSELF));
        assertThat(rename(ann, one.id(), "Sent")).isEqualTo(Attempt.refused(Refusal.NAME_TAKEN));
        assertThat(rename(ann, one.id(), "a//b")).isEqualTo(Attempt.refused(Refusal.BAD_NAME));
        assertThat(rename(ann, one.id(), "y".repeat(200))).isEqualTo(Attempt.refused(Refusal.BAD_NAME));
        assertThat(rename(ann, inbox.id(), "old")).isEqualTo(Attempt.refused(Refusal.IS_INBOX));
        assertThat(rename(ann, new MailboxId(-1), "z")).isEqualTo(Attempt.refused(Refusal.NO_SUCH_MAILBOX));
        assertThat(rename(store.account(), one.id(), "z")).isEqualTo(Attempt.refused(Refusal.NO_SUCH_MAILBOX));
        assertThat(rename(new AccountId(-1), one.id(), "z")).isEqualTo(Attempt.refused(Refusal.NO_SUCH_ACCOUNT));
        assertThat(rename(ann, one.id(), "one").orThrow()).isEqualTo(one);
        assertThat(state(ann)).isEqualTo(state);
    }

    @Test
    void aRoleIsOneMailboxsOwn() {
        var ann = store.account();
        var some = make(ann, "some");
        assertThat(role(ann, some.id(), "trash")).isEqualTo(Attempt.refused(Refusal.ROLE_TAKEN));
        assertThat(role(ann, some.id(), "Trash")).isEqualTo(Attempt.refused(Refusal.BAD_ROLE));
        assertThat(role(ann, store.inbox(ann).id(), "")).isEqualTo(Attempt.refused(Refusal.BAD_ROLE));
        assertThat(role(ann, some.id(), "important").orThrow().role()).isEqualTo("important");
        assertThat(mailboxes().create(ann, new Creation("x", "important", 0, false)))
                .isEqualTo(Attempt.refused(Refusal.ROLE_TAKEN));
        assertThat(mailboxes().create(ann, new Creation("x", "nothing", 0, false)))
                .isEqualTo(Attempt.refused(Refusal.BAD_ROLE));
        role(ann, some.id(), "").orThrow();
        var made =
                mailboxes().create(ann, new Creation("y", "important", 7, true)).orThrow();
        assertThat(made.role()).isEqualTo("important");
        assertThat(made.sortOrder()).isEqualTo(7);
        assertThat(made.subscribed()).isTrue();
    }

    @Test
    void aRemovedMailboxNeverComesBackUnderItsUidValidity() {
        var ann = store.account();
        var first = make(ann, "again");
        assertThat(mailboxes().remove(ann, first.id(), false).orThrow()).isTrue();
        assertThat(find(ann, "again")).isEmpty();
        assertThat(make(ann, "again").uidValidity().value())
                .isGreaterThan(first.uidValidity().value());
        assertThat(mailboxes().remove(ann, first.id(), false)).isEqualTo(Attempt.refused(Refusal.NO_SUCH_MAILBOX));
    }

    @Test
    void whatCannotBeRemovedStays() {
        var ann = store.account();
        store.deliver(store.message("s", "", List.of()), ann);
        make(ann, "up/down");
        var up = find(ann, "up").orElseThrow();
        var inbox = store.inbox(ann);
        var full = make(ann, "full");
        store.via(Messages.class).copy(ann, inbox.id(), List.of(new Uid(1)), full.id());
        var state = state(ann);
        assertThat(mailboxes().remove(ann, inbox.id(), true)).isEqualTo(Attempt.refused(Refusal.IS_INBOX));
        assertThat(mailboxes().remove(ann, up.id(), true)).isEqualTo(Attempt.refused(Refusal.HAS_CHILDREN));
        assertThat(mailboxes().remove(ann, full.id(), false)).isEqualTo(Attempt.refused(Refusal.HAS_MESSAGES));
        assertThat(state(ann)).isEqualTo(state);
        assertThat(mailboxes().remove(ann, full.id(), true).orThrow()).isTrue();
        assertThat(store.emails(ann)).hasSize(1);
    }

    @Test
    void aSubscriptionOutlivesItsMailboxAndIsThatOfTheNextOne() {
        var ann = store.account();
        var list = make(ann, "list");
        mailboxes().update(ann, list.id(), Update.subscribing(true)).orThrow();
        mailboxes().remove(ann, list.id(), false).orThrow();
        assertThat(mailboxes().orphanedSubscriptions(ann)).containsExactly("list");
        var other = make(ann, "other");
        assertThat(mailboxes()
                        .update(ann, other.id(), Update.renaming("list"))
                        .orThrow()
                        .subscribed())
                .isTrue();
        assertThat(mailboxes().orphanedSubscriptions(ann)).isEmpty();
        assertThat(mailboxes().unsubscribe(ann, "list")).isTrue();
        assertThat(find(ann, "list").orElseThrow().subscribed()).isFalse();
        assertThat(mailboxes().unsubscribe(ann, "list")).isFalse();
        assertThat(mailboxes().unsubscribe(ann, "none")).isFalse();
        mailboxes().update(ann, other.id(), Update.subscribing(true)).orThrow();
        mailboxes().remove(ann, other.id(), false).orThrow();
        assertThat(make(ann, "list").subscribed()).isTrue();
    }

    @Test
    void changesTellTheTreeFromItsCounters() {
        var ann = store.account();
        var start = state(ann);
        var made = make(ann, "made");
        var gone = make(ann, "gone");
        mailboxes().remove(ann, gone.id(), false).orThrow();
        var trash = find(ann, "Trash").orElseThrow();
        mailboxes().remove(ann, trash.id(), false).orThrow();
        var changes = mailboxes().changes(ann, start).orElseThrow();
        assertThat(changes.created()).containsExactly(made.id());
        assertThat(changes.updated()).isEmpty();
        assertThat(changes.destroyed()).containsExactly(trash.id());
        store.deliver(store.message("s", "", List.of()), ann);
        var counted = mailboxes().changes(ann, changes.state()).orElseThrow();
        assertThat(counted.updated()).containsExactly(store.inbox(ann).id());
        assertThat(counted.onlyCounts()).isTrue();
        rename(ann, made.id(), "renamed").orThrow();
        assertThat(mailboxes().changes(ann, changes.state()).orElseThrow().onlyCounts())
                .isFalse();
        assertThat(mailboxes().changes(ann, new ModSeq(1_000_000))).isEmpty();
        assertThat(mailboxes().changes(ann, state(ann)).orElseThrow().updated()).isEmpty();
    }

    @Test
    void whoLooksAtRecentMessagesChangesNothing() {
        var ann = store.account();
        store.deliver(store.message("s", "", List.of()), ann);
        var told = new AtomicInteger();
        var before = store.inbox(ann);
        var state = state(ann);
        try (var watch = store.watchers.watch(ann)) {
            watch.onChange(told::incrementAndGet);
            assertThat(mailboxes().claimRecent(ann, before.id())).contains(new Recent(new Uid(1), new Uid(2)));
            assertThat(told).hasValue(0);
            make(ann, "a/b/c");
            assertThat(told).hasValue(1);
        }
        assertThat(store.inbox(ann)).isEqualTo(before);
        assertThat(state(ann)).isGreaterThan(state);
    }

    private Attempt<Mailbox> rename(AccountId account, MailboxId id, String name) {
        return mailboxes().update(account, id, Update.renaming(name));
    }

    private Attempt<Mailbox> role(AccountId account, MailboxId id, String role) {
        return mailboxes()
                .update(
                        account,
                        id,
                        new Update(Optional.empty(), Optional.of(role), Optional.empty(), Optional.empty()));
    }

    private Mailbox make(AccountId account, String name) {
        return mailboxes().create(account, Creation.named(name)).orThrow();
    }

    private Optional<Mailbox> find(AccountId account, String name) {
        return mailboxes().find(account, name);
    }

    private Optional<Mailbox> find(AccountId account, MailboxId id) {
        return mailboxes().find(account, id);
    }

    private ModSeq state(AccountId account) {
        return store.via(Emails.class).state(account);
    }

    private Mailboxes mailboxes() {
        return store.via(Mailboxes.class);
    }
}

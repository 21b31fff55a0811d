package org.merpati.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.watch.Change;
import org.merpati.core.store.Attempt.Refusal;
import org.merpati.launch.runtime.EmbeddedRuntime;

/** What clients note of mailboxes. A subclass says on which database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AnnotationsContract {
    private static final Optional<MailboxId> ACCOUNT = Optional.empty();

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

    private Annotations annotations() {
        return store.via(Annotations.class);
    }

    private MailboxId mailbox(AccountId account, String name) {
        return store.via(Mailboxes.class)
                .create(account, Mailboxes.Creation.named(name))
                .orThrow()
                .id();
    }

    private Attempt<Integer> set(AccountId account, Optional<MailboxId> mailbox, String entry, String value) {
        return annotations().set(account, mailbox, Map.of(entry, Optional.of(value.getBytes(UTF_8))));
    }

    @Test
    void whatIsSetIsThereUntilItIsRemoved() {
        var ann = store.account();
        var box = Optional.of(mailbox(ann, "noted"));
        byte[] octets = {0, 1, (byte) 0xff, '\r', '\n'};
        assertThat(annotations()
                        .set(
                                ann,
                                box,
                                Map.of(
                                        "/shared/comment",
                                        Optional.of(octets),
                                        "/private/comment",
                                        Optional.of(new byte[0]))))
                .isEqualTo(Attempt.made(2));
        assertThat(annotations().all(ann, box).keySet()).containsExactly("/private/comment", "/shared/comment");
        assertThat(annotations().all(ann, box).get("/shared/comment")).isEqualTo(octets);
        assertThat(annotations().all(ann, box).get("/private/comment")).isEmpty();
        assertThat(set(ann, box, "/shared/comment", "other")).isEqualTo(Attempt.made(2));
        assertThat(annotations().all(ann, box).get("/shared/comment"))
                .asString(UTF_8)
                .isEqualTo("other");
        assertThat(annotations()
                        .set(ann, box, Map.of("/shared/comment", Optional.empty(), "/shared/none", Optional.empty())))
                .isEqualTo(Attempt.made(1));
        assertThat(annotations().all(ann, box).keySet()).containsExactly("/private/comment");
    }

    @Test
    void stampsSayWhatWasSetOrRemovedInBetween() {
        var ann = store.account();
        var box = Optional.of(mailbox(ann, "stamped"));
        set(ann, ACCOUNT, "/private/comment", "ann").orThrow();
        set(ann, box, "/private/comment", "same").orThrow();
        set(ann, box, "/shared/comment", "old").orThrow();
        var before = annotations().stamps(ann);
        assertThat(before).extracting(Annotations.Stamp::mailbox).containsOnly(ACCOUNT, box);
        assertThat(annotations().stamps(ann)).isEqualTo(before);
        set(ann, box, "/shared/comment", "old").orThrow();
        annotations()
                .set(ann, ACCOUNT, Map.of("/private/comment", Optional.empty()))
                .orThrow();
        var after = annotations().stamps(ann);
        assertThat(after).hasSize(2);
        assertThat(before).filteredOn(stamp -> !after.contains(stamp)).hasSize(2);
        assertThat(after)
                .filteredOn(stamp -> !before.contains(stamp))
                .extracting(Annotations.Stamp::entry)
                .containsExactly("/shared/comment");
        assertThat(annotations().stamps(store.account())).isEmpty();
    }

    @Test
    void whoWatchesIsToldThatAnnotationsChanged() {
        var ann = store.account();
        try (var watch = store.watchers.watch(ann)) {
            set(ann, ACCOUNT, "/private/comment", "ann").orThrow();
            assertThat(watch.take().orElseThrow().kinds()).containsExactly(Change.Kind.ANNOTATION);
        }
    }

    @Test
    void eachMailboxAndTheAccountHaveTheirOwn() {
        var ann = store.account();
        var bob = store.account();
        var one = Optional.of(mailbox(ann, "one"));
        var two = Optional.of(mailbox(ann, "two"));
        set(ann, one, "/private/comment", "one").orThrow();
        set(ann, ACCOUNT, "/private/comment", "ann").orThrow();
        assertThat(annotations().all(ann, two)).isEmpty();
        assertThat(annotations().all(bob, ACCOUNT)).isEmpty();
        assertThat(annotations().all(bob, one)).isEmpty();
        assertThat(set(bob, one, "/private/comment", "bob")).isEqualTo(Attempt.refused(Refusal.NO_SUCH_MAILBOX));
        assertThat(annotations().all(ann, ACCOUNT).get("/private/comment"))
                .asString(UTF_8)
                .isEqualTo("ann");
    }

    @Test
    void theyStayWithARenamedMailboxAndGoWithARemovedOne() {
        var ann = store.account();
        var box = Optional.of(mailbox(ann, "before"));
        set(ann, box, "/private/comment", "x").orThrow();
        store.via(Mailboxes.class)
                .update(ann, box.get(), Mailboxes.Update.renaming("after"))
                .orThrow();
        assertThat(annotations().all(ann, box)).hasSize(1);
        store.via(Mailboxes.class).remove(ann, box.get(), true).orThrow();
        assertThat(annotations().all(ann, box)).isEmpty();
        assertThat(set(ann, box, "/private/comment", "y")).isEqualTo(Attempt.refused(Refusal.NO_SUCH_MAILBOX));
    }

    @Test
    void allEntriesAreSetOrNone() {
        var ann = store.account();
        var box = Optional.of(mailbox(ann, "full"));
        assertThat(annotations()
                        .set(
                                ann,
                                box,
                                Map.of(
                                        "/private/a",
                                        Optional.of(new byte[Annotations.LARGEST]),
                                        "/private/b",
                                        Optional.of(new byte[Annotations.LARGEST + 1]))))
                .isEqualTo(Attempt.refused(Refusal.ANNOTATION_TOO_LARGE));
        assertThat(set(ann, box, "/" + "x".repeat(Annotations.LONGEST_NAME), "x"))
                .isEqualTo(Attempt.refused(Refusal.ANNOTATION_TOO_LARGE));
        assertThat(annotations().all(ann, box)).isEmpty();
        var many = new HashMap<String, Optional<byte[]>>();
        for (int i = 0; i < Annotations.MOST; i++) {
            many.put("/private/" + i, Optional.of(new byte[] {'x'}));
        }
        assertThat(annotations().set(ann, box, many)).isEqualTo(Attempt.made(Annotations.MOST));
        assertThat(set(ann, box, "/private/one-more", "x")).isEqualTo(Attempt.refused(Refusal.TOO_MANY_ANNOTATIONS));
        assertThat(annotations()
                        .set(
                                ann,
                                box,
                                Map.of("/private/0", Optional.empty(), "/private/one-more", Optional.of(new byte[] {'x'
                                }))))
                .isEqualTo(Attempt.made(Annotations.MOST));
        assertThat(annotations().set(new AccountId(-1), ACCOUNT, Map.of()))
                .isEqualTo(Attempt.refused(Refusal.NO_SUCH_ACCOUNT));
    }
}

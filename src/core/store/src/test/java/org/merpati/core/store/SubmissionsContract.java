package org.merpati.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.IdentityId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.SubmissionId;
import org.merpati.core.api.mail.ThreadId;
import org.merpati.core.api.watch.Change;
import org.merpati.core.store.Attempt.Refusal;
import org.merpati.core.store.Submissions.Row;
import org.merpati.core.store.Submissions.Sent;
import org.merpati.core.store.Submissions.Status;
import org.merpati.core.store.Submissions.Submission;
import org.merpati.launch.runtime.EmbeddedRuntime;

/** What accounts have sent. A subclass says on which database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SubmissionsContract {
    private static final int MANY = 10_000;
    private static final Instant AT = Instant.parse("2026-11-22T10:11:12.345Z");
    private static final Sent SENT = new Sent(new IdentityId(7), new EmailId(8), new ThreadId(9), AT);

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

    private Submissions submissions() {
        return store.via(Submissions.class);
    }

    private SubmissionId add(AccountId account) {
        return submissions().add(account, SENT, "{}", "{}").orThrow();
    }

    private Changes<SubmissionId> since(AccountId account, ModSeq state) {
        return submissions().changes(account, state, MANY).orElseThrow();
    }

    @Test
    void whatIsAddedIsFoundWhole() {
        var ann = store.account();
        var longest = "ä".repeat(2_000_000);
        var id = submissions().add(ann, SENT, longest, "{\"b@c\":1}").orThrow();
        assertThat(submissions().get(ann, List.of(id)).submissions())
                .containsExactly(new Submission(id, SENT, Status.FINAL, longest, "{\"b@c\":1}"));
        assertThat(submissions().list(ann).rows()).containsExactly(new Row(id, SENT, Status.FINAL));
        assertThat(submissions().get(store.account(), List.of(id)).submissions())
                .isEmpty();
        assertThat(submissions().get(ann, List.of(new SubmissionId(99))).submissions())
                .isEmpty();
        assertThat(submissions().add(new AccountId(-1), SENT, "", ""))
                .isEqualTo(Attempt.refused(Refusal.NO_SUCH_ACCOUNT));
    }

    @Test
    void whatIsDestroyedIsGoneAndLeavesATombstone() {
        var ann = store.account();
        var one = add(ann);
        var two = add(ann);
        var state = submissions().list(ann).state();
        assertThat(submissions().destroy(store.account(), List.of(one))).isEmpty();
        assertThat(submissions().destroy(ann, List.of(one, new SubmissionId(99))))
                .containsExactly(one);
        assertThat(submissions().destroy(ann, List.of(one))).isEmpty();
        assertThat(submissions().list(ann).rows()).containsExactly(new Row(two, SENT, Status.FINAL));
        var three = add(ann);
        var changes = since(ann, state);
        assertThat(changes.created()).containsExactly(three);
        assertThat(changes.destroyed()).containsExactly(one);
        assertThat(changes.updated()).isEmpty();
    }

    @Test
    void whereThereAreTooManyTheOldestGo() {
        var ann = store.account();
        var all = new ArrayList<SubmissionId>();
        for (int i = 0; i < Submissions.MOST; i++) {
            all.add(add(ann));
        }
        var state = submissions().list(ann).state();
        all.add(add(ann));
        all.add(add(ann));
        assertThat(submissions().list(ann).rows())
                .extracting(Row::id)
                .containsExactlyElementsOf(all.subList(2, all.size()));
        assertThat(since(ann, state).destroyed()).containsExactlyElementsOf(all.subList(0, 2));
    }

    @Test
    void whoWatchesIsTold() {
        var ann = store.account();
        try (var watch = store.watchers.watch(ann)) {
            add(ann);
            assertThat(watch.take().orElseThrow().kinds()).containsExactly(Change.Kind.SUBMISSION);
        }
    }

    /** An email of the account, and one that is to be sent that much later. */
    private SubmissionId hold(AccountId account, Duration wait) {
        var email = store.deliver(store.message("held", "", List.of()), account);
        var at = store.runtime
                .get(PlatformHolder.class)
                .platform()
                .clock()
                .instant()
                .plus(wait)
                .truncatedTo(ChronoUnit.MILLIS);
        return submissions()
                .hold(account, new Sent(new IdentityId(0), email, new ThreadId(9), at), "{\"held\":1}", "{}")
                .orThrow();
    }

    private Status status(AccountId account, SubmissionId id) {
        return submissions().get(account, List.of(id)).submissions().getFirst().status();
    }

    private List<SubmissionId> claimed(AccountId account) {
        return submissions().claim(MANY).stream()
                .filter(due -> due.account().equals(account))
                .map(Submissions.Due::id)
                .toList();
    }

    @Test
    void whatWaitsIsClaimedOnceItsTimeHasCome() {
        var ann = store.account();
        var late = hold(ann, Duration.ofDays(1));
        var soon = hold(ann, Duration.ZERO);
        assertThat(status(ann, soon)).isEqualTo(Status.PENDING);
        var due = submissions().claim(MANY).stream()
                .filter(one -> one.account().equals(ann))
                .toList();
        assertThat(due).extracting(Submissions.Due::id).containsExactly(soon);
        assertThat(due.getFirst().envelope()).isEqualTo("{\"held\":1}");
        assertThat(due.getFirst().blob().size()).isEqualTo(StoreUnderTest.SIZE);
        assertThat(due.getFirst().address().localPart()).isEqualTo("user");
        assertThat(claimed(ann)).isEmpty();
        var state = submissions().list(ann).state();
        submissions().settle(ann, soon, "{\"done\":1}");
        var settled = submissions().get(ann, List.of(soon)).submissions().getFirst();
        assertThat(settled.status()).isEqualTo(Status.FINAL);
        assertThat(settled.delivery()).isEqualTo("{\"done\":1}");
        assertThat(since(ann, state).updated()).containsExactly(soon);
        assertThat(submissions().list(ann).rows())
                .extracting(Row::status)
                .containsExactly(Status.PENDING, Status.FINAL);
        assertThat(submissions().cancel(ann, late, "{}")).isTrue();
    }

    @Test
    void whatAServerDidNotFinishIsClaimedAgain() {
        var ann = store.account();
        var id = hold(ann, Duration.ZERO);
        assertThat(claimed(ann)).containsExactly(id);
        store.ahead.addAndGet(Submissions.CLAIM.toMillis() + 1);
        assertThat(claimed(ann)).containsExactly(id);
        submissions().settle(ann, id, "{}");
        store.ahead.addAndGet(Submissions.CLAIM.toMillis() + 1);
        assertThat(claimed(ann)).isEmpty();
    }

    @Test
    void onlyWhatStillWaitsIsCanceled() {
        var ann = store.account();
        var waits = hold(ann, Duration.ofDays(1));
        var goes = hold(ann, Duration.ZERO);
        assertThat(claimed(ann)).containsExactly(goes);
        assertThat(submissions().cancel(ann, goes, "{}")).isFalse();
        assertThat(submissions().cancel(store.account(), waits, "{}")).isFalse();
        assertThat(submissions().cancel(ann, waits, "{\"no\":1}")).isTrue();
        assertThat(submissions().cancel(ann, waits, "{}")).isFalse();
        assertThat(status(ann, waits)).isEqualTo(Status.CANCELED);
        assertThat(submissions().cancel(ann, add(ann), "{}")).isFalse();
        store.ahead.addAndGet(Duration.ofDays(2).toMillis());
        assertThat(claimed(ann)).containsExactly(goes);
        submissions().settle(ann, goes, "{}");
    }

    @Test
    void whatWaitsIsNotForgottenAndItsOctetsStay() {
        var ann = store.account();
        var id = hold(ann, Duration.ofDays(1));
        assertThat(submissions().destroy(ann, List.of(id))).isEmpty();
        var email = submissions().list(ann).rows().getFirst().sent().email();
        store.via(Emails.class).destroy(ann, List.of(email));
        store.ahead.addAndGet(Duration.ofDays(3).toMillis());
        store.via(Garbage.class)
                .sweep(
                        0,
                        store.runtime
                                .get(PlatformHolder.class)
                                .platform()
                                .clock()
                                .instant());
        assertThat(claimed(ann)).containsExactly(id);
        submissions().settle(ann, id, "{}");
        assertThat(submissions().destroy(ann, List.of(id))).containsExactly(id);
    }

    @Test
    void whatIsGoneCantWait() {
        var ann = store.account();
        assertThat(submissions().hold(ann, SENT, "{}", "{}")).isEqualTo(Attempt.refused(Refusal.NO_SUCH_EMAIL));
        assertThat(submissions().hold(new AccountId(-1), SENT, "{}", "{}"))
                .isEqualTo(Attempt.refused(Refusal.NO_SUCH_ACCOUNT));
    }
}

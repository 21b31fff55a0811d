package org.merpati.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
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
import org.merpati.core.store.Submissions.Row;
import org.merpati.core.store.Submissions.Sent;
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
        return submissions().add(account, SENT, "{}", "{}").orElseThrow();
    }

    private Changes<SubmissionId> since(AccountId account, ModSeq state) {
        return submissions().changes(account, state, MANY).orElseThrow();
    }

    @Test
    void whatIsAddedIsFoundWhole() {
        var ann = store.account();
        var longest = "ä".repeat(2_000_000);
        var id = submissions().add(ann, SENT, longest, "{\"b@c\":1}").orElseThrow();
        assertThat(submissions().get(ann, List.of(id)).submissions())
                .containsExactly(new Submission(id, SENT, longest, "{\"b@c\":1}"));
        assertThat(submissions().list(ann).rows()).containsExactly(new Row(id, SENT));
        assertThat(submissions().get(store.account(), List.of(id)).submissions())
                .isEmpty();
        assertThat(submissions().get(ann, List.of(new SubmissionId(99))).submissions())
                .isEmpty();
        assertThat(submissions().add(new AccountId(-1), SENT, "", "")).isEmpty();
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
        assertThat(submissions().list(ann).rows()).containsExactly(new Row(two, SENT));
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
}

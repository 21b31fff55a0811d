package org.merpati.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.api.mail.IdentityId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.watch.Change;
import org.merpati.core.store.Attempt.Refusal;
import org.merpati.core.store.Identities.Identity;
import org.merpati.core.store.Identities.Settings;
import org.merpati.launch.runtime.EmbeddedRuntime;

/** Who an account's mail is sent as. A subclass says on which database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class IdentitiesContract {
    private static final int MANY = 100;
    private static final EmailAddress WORK = new EmailAddress("work", "example.org");
    private static final Settings PLAIN = settings("Ann");
    private static final Settings ALL =
            new Settings("Änn", Optional.of("[{\"email\":\"a@b\"}]"), Optional.of("[]"), "-- \r\nÄnn", "<b>Ann</b>");

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

    private static Settings settings(String name) {
        return new Settings(name, Optional.empty(), Optional.empty(), "", "");
    }

    private Identities identities() {
        return store.via(Identities.class);
    }

    private Identity made(AccountId account, String name) {
        return identities().create(account, WORK, settings(name)).orThrow();
    }

    private ModSeq state(AccountId account) {
        return identities().list(account).state();
    }

    private Changes<IdentityId> since(AccountId account, ModSeq state) {
        return identities().changes(account, state, MANY).orElseThrow();
    }

    @Test
    void everyAccountHasItsOwnWithoutAnybodyMakingIt() {
        var ann = store.account("ann@" + domain("own"));
        var own = identities().list(ann).identities();
        assertThat(own).hasSize(1);
        assertThat(own.getFirst().isOwn()).isTrue();
        assertThat(own.getFirst().email()).hasToString("ann@own.example");
        assertThat(own.getFirst().settings()).isEqualTo(settings(""));
        assertThat(identities().destroy(ann, IdentityId.OWN)).isFalse();
    }

    private String domain(String name) {
        store.via(Domains.class).add(name + ".example");
        return name + ".example";
    }

    @Test
    void theOwnOneIsChangedAndKeepsTheAccountsAddress() {
        var ann = store.account();
        var before = identities().list(ann);
        assertThat(identities().update(ann, IdentityId.OWN, ALL)).isTrue();
        assertThat(identities().update(ann, IdentityId.OWN, ALL)).isTrue();
        var own = identities().list(ann).identities();
        assertThat(own)
                .containsExactly(new Identity(
                        IdentityId.OWN, before.identities().getFirst().email(), ALL));
        var changes = since(ann, before.state());
        assertThat(changes.updated()).containsExactly(IdentityId.OWN);
        assertThat(changes.created()).isEmpty();
        assertThat(changes.state()).isEqualTo(state(ann));
    }

    @Test
    void whatIsMadeIsListedChangedAndRemoved() {
        var ann = store.account();
        var bob = store.account();
        var one = identities().create(ann, WORK, ALL).orThrow();
        var two = made(ann, "two");
        assertThat(identities().list(ann).identities())
                .extracting(Identity::id)
                .containsExactly(IdentityId.OWN, one.id(), two.id());
        assertThat(identities().list(ann).identities().get(1)).isEqualTo(new Identity(one.id(), WORK, ALL));
        assertThat(identities().update(ann, one.id(), PLAIN)).isTrue();
        assertThat(identities().list(ann).identities().get(1).settings()).isEqualTo(PLAIN);
        assertThat(identities().update(bob, one.id(), PLAIN)).isFalse();
        assertThat(identities().destroy(bob, one.id())).isFalse();
        assertThat(identities().destroy(ann, one.id())).isTrue();
        assertThat(identities().destroy(ann, one.id())).isFalse();
        assertThat(identities().update(ann, one.id(), PLAIN)).isFalse();
        assertThat(identities().list(ann).identities())
                .extracting(Identity::id)
                .containsExactly(IdentityId.OWN, two.id());
    }

    @Test
    void changesTellWhatWasMadeChangedAndRemovedSinceAState() {
        var ann = store.account();
        var old = made(ann, "old");
        var gone = made(ann, "gone");
        var state = state(ann);
        var young = made(ann, "young");
        var brief = made(ann, "brief");
        identities().update(ann, young.id(), PLAIN);
        identities().update(ann, old.id(), PLAIN);
        identities().destroy(ann, gone.id());
        identities().destroy(ann, brief.id());
        var changes = since(ann, state);
        assertThat(changes.created()).containsExactly(young.id());
        assertThat(changes.updated()).containsExactly(old.id());
        assertThat(changes.destroyed()).containsExactly(gone.id());
        assertThat(changes.more()).isFalse();
        assertThat(since(ann, changes.state()).updated()).isEmpty();
        assertThat(identities().changes(ann, new ModSeq(state(ann).value() + 1), MANY))
                .isEmpty();
    }

    @Test
    void moreChangesThanWantedComeInPages() {
        var ann = store.account();
        var state = state(ann);
        var one = made(ann, "one");
        var two = made(ann, "two");
        var first = identities().changes(ann, state, 1).orElseThrow();
        assertThat(first.created()).containsExactly(one.id());
        assertThat(first.more()).isTrue();
        var second = identities().changes(ann, first.state(), 1).orElseThrow();
        assertThat(second.created()).containsExactly(two.id());
        assertThat(second.more()).isFalse();
    }

    @Test
    void thereAreTwentyAtMost() {
        var ann = store.account();
        for (int i = 1; i < Identities.MOST; i++) {
            made(ann, "n" + i);
        }
        assertThat(identities().create(ann, WORK, PLAIN)).isEqualTo(Attempt.refused(Refusal.OVER_QUOTA));
        assertThat(identities().create(new AccountId(-1), WORK, PLAIN))
                .isEqualTo(Attempt.refused(Refusal.NO_SUCH_ACCOUNT));
        assertThat(identities().list(ann).identities()).hasSize(Identities.MOST);
    }

    @Test
    void whatIsRefusedRaisesNoState() {
        var ann = store.account();
        var state = state(ann);
        identities().destroy(ann, new IdentityId(99));
        identities().update(ann, new IdentityId(99), PLAIN);
        assertThat(state(ann)).isEqualTo(state);
    }

    @Test
    void whoWatchesIsTold() {
        var ann = store.account();
        try (var watch = store.watchers.watch(ann)) {
            made(ann, "x");
            assertThat(watch.take().orElseThrow().kinds()).containsExactly(Change.Kind.IDENTITY);
        }
    }

    @Test
    void theLongestSettingsAreKept() {
        var ann = store.account();
        var long1 = "ä".repeat(Identities.LONGEST);
        var longest =
                new Settings("n".repeat(Identities.LONGEST_NAME), Optional.of(long1), Optional.of(long1), long1, long1);
        identities().create(ann, WORK, longest).orThrow();
        assertThat(identities().list(ann).identities().get(1).settings()).isEqualTo(longest);
    }
}

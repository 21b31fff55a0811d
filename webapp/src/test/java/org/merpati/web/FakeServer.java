package org.merpati.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.Platform;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.directory.Directory;
import org.merpati.core.api.directory.OperatorToken;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.directory.Recipient;
import org.merpati.core.api.directory.ScramVerifier;
import org.merpati.core.api.directory.Secret;
import org.merpati.core.api.directory.SignIn;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.FailureKind;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.door.Unit;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.session.ListenerInfo;
import org.merpati.core.api.session.Listeners;
import org.merpati.core.api.watch.Change;
import org.merpati.core.api.watch.Watch;
import org.merpati.core.api.watch.Watchers;
import org.merpati.core.store.Absences;
import org.merpati.core.store.Addresses;
import org.merpati.core.store.Changes;
import org.merpati.core.store.Identities;
import org.merpati.core.store.LocalWatchers;
import org.merpati.core.store.Migrations;
import org.merpati.core.store.Quotas;
import org.merpati.core.store.Submissions;
import org.merpati.web.base.Server;

/** A server in memory. Logins: {@code admin} with {@code root}, {@code ana@example.org} with {@code secret}. */
final class FakeServer implements Door, Services, Directory, Watchers {
    static final String TOKEN = "0123456789abcdef0123456789abcdef";

    final FakeStore store = new FakeStore();
    final FakeAddresses addresses = new FakeAddresses();
    private final Map<String, String> settings = new HashMap<>();
    private @Nullable FailureKind failure;
    private @Nullable Listeners listeners;
    private volatile Instant now = Instant.parse("2026-11-21T00:00:00Z");
    private final LocalWatchers watchers = new LocalWatchers();
    private int signIns;
    private boolean tokens;

    FakeServer with(String setting, String value) {
        settings.put(setting, value);
        return this;
    }

    FakeServer listening(ListenerInfo... open) {
        listeners = () -> List.of(open);
        return this;
    }

    void failWith(@Nullable FailureKind kind) {
        failure = kind;
    }

    void later(Duration time) {
        now = now.plus(time);
    }

    int signIns() {
        return signIns;
    }

    Server server() {
        var config = Config.from(settings, "test", Map.of(), new Properties());
        var platform = new Platform(config, store, MemorySpooled::new, this, this, () -> now);
        return new Server(
                this,
                () -> platform,
                () -> Optional.of(new OperatorToken(TOKEN)),
                () -> Optional.ofNullable(listeners));
    }

    @Override
    public <T> Outcome<T> call(Unit<T> unit) {
        return failure == null ? new Outcome.Done<>(unit.run(this)) : new Outcome.Failed<>(failure, "f7");
    }

    @Override
    public <S> S get(Class<S> service) {
        if (service == Migrations.class) {
            return service.cast(new Migrations() {
                @Override
                public boolean requireDone() {
                    return true;
                }
            });
        }
        if (service == Absences.class) {
            return service.cast(NOBODY_AWAY);
        }
        if (service == Identities.class || service == Submissions.class) {
            return Partial.of(service, new NothingSent());
        }
        return service == Addresses.class || service == Quotas.class
                ? service.cast(addresses)
                : Partial.of(service, store);
    }

    /** Identities and submissions of which there are none but the accounts' own. */
    static final class NothingSent {
        public Optional<Changes<Object>> changes(AccountId account, ModSeq since, int limit) {
            return Optional.of(new Changes<>(List.of(), List.of(), List.of(), since, false));
        }
    }

    private static final Absences NOBODY_AWAY = new Absences() {
        @Override
        public Found find(AccountId account) {
            return new Found(Absence.NONE, new ModSeq(0));
        }

        @Override
        public boolean set(AccountId account, Absence absence) {
            throw new AssertionError("nobody goes away here");
        }
    };

    @Override
    public Outcome<Boolean> mayUse(Door door, Principal.User user, EmailAddress sender) {
        throw new AssertionError("HTTP signs in with passwords and tokens");
    }

    @Override
    public Outcome<Optional<ScramVerifier>> scram(Door door, String login, ScramVerifier.Hash hash) {
        throw new AssertionError("HTTP signs in with passwords and tokens");
    }

    @Override
    public Outcome<SignIn> signedIn(Door door, String login) {
        throw new AssertionError("HTTP signs in with passwords and tokens");
    }

    /** From now on there are tokens: {@code anas} and {@code admins}. */
    FakeServer takingTokens() {
        tokens = true;
        return this;
    }

    @Override
    public boolean takesTokens() {
        return tokens;
    }

    @Override
    public Outcome<SignIn> signInWithToken(Door door, String login, Secret token) {
        signIns++;
        var text = token.use(bytes -> new String(bytes, StandardCharsets.UTF_8));
        SignIn answer = switch (tokens ? login + text : "") {
            case "admins" -> new SignIn.Accepted(new Principal.Administrator("admin"));
            case "anas" ->
                new SignIn.Accepted(new Principal.User(FakeStore.ANA, new EmailAddress("ana", "example.org")));
            default -> new SignIn.Refused();
        };
        return failure == null ? new Outcome.Done<>(answer) : new Outcome.Failed<>(failure, "f7");
    }

    @Override
    public Outcome<SignIn> signIn(Door door, String login, Secret password) {
        signIns++;
        var text = password.use(bytes -> new String(bytes, StandardCharsets.UTF_8));
        SignIn answer = switch (login + " " + text) {
            case "admin root" -> new SignIn.Accepted(new Principal.Administrator("admin"));
            case "ana@example.org secret" ->
                new SignIn.Accepted(new Principal.User(FakeStore.ANA, new EmailAddress("ana", "example.org")));
            default -> new SignIn.Refused();
        };
        return failure == null ? new Outcome.Done<>(answer) : new Outcome.Failed<>(failure, "f7");
    }

    @Override
    public Outcome<Recipient> find(Door door, EmailAddress address) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void forget(String login) {}

    @Override
    public Watch watch(AccountId account) {
        return watchers.watch(account);
    }

    @Override
    public void changed(Change change) {
        watchers.changed(change);
    }

    int watches() {
        return watchers.open();
    }
}

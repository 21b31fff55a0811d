package org.merpati.core.store.directory;

import java.time.InstantSource;
import java.util.Optional;
import org.merpati.core.api.directory.Directory;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.directory.Recipient;
import org.merpati.core.api.directory.ScramVerifier;
import org.merpati.core.api.directory.Secret;
import org.merpati.core.api.directory.SignIn;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.store.Accounts;
import org.merpati.core.store.Addresses;

/**
 * The directory in Merpati's own tables. A login with an {@code @} is an account's own address, one without an administrator's
 * name. An alias, a list or a subaddress is no login: they come and go, and who writes to them should learn nothing to try
 * passwords with.
 */
public final class InternalDirectory implements Directory {
    private final Passwords passwords;
    private final VerifiedCredentials verified;
    /** Checked for logins that there are not, so that they take as long as the others. */
    private final PasswordHash nobody;

    private record Known(Principal principal, PasswordHash hash) {}

    public InternalDirectory(InstantSource clock, Passwords passwords) {
        this.passwords = passwords;
        this.verified = new VerifiedCredentials(clock);
        this.nobody = passwords.ofNobody();
    }

    @Override
    public Outcome<Recipient> find(Door door, EmailAddress address) {
        return door.call(services -> services.get(Addresses.class).find(address));
    }

    @Override
    public Outcome<SignIn> signIn(Door door, String login, Secret password) {
        var remembered = verified.find(login, password);
        if (remembered.isPresent()) {
            return new Outcome.Done<>(new SignIn.Accepted(remembered.get()));
        }
        long generation = verified.generation();
        return switch (door.call(services -> look(services.get(Accounts.class), login))) {
            case Outcome.Done<Optional<Known>>(var known) -> check(login, password, known, generation);
            case Outcome.Failed<Optional<Known>>(var kind, var id) -> new Outcome.Failed<>(kind, id);
            case Outcome.Unavailable<Optional<Known>>() -> new Outcome.Unavailable<>();
        };
    }

    @Override
    public Outcome<Boolean> mayUse(Door door, Principal.User user, EmailAddress sender) {
        return door.call(services -> services.get(Addresses.class)
                .owner(sender)
                .filter(user.account()::equals)
                .isPresent());
    }

    @Override
    public Outcome<Optional<ScramVerifier>> scram(Door door, String login, ScramVerifier.Hash hash) {
        return door.call(services -> look(services.get(Accounts.class), login)
                .map(Known::hash)
                .map(kept -> switch (hash) {
                    case SHA_1 -> kept.scramSha1();
                    case SHA_256 -> kept.scramSha256();
                })
                .map(ScramVerifier::new));
    }

    @Override
    public Outcome<SignIn> signedIn(Door door, String login) {
        return door.call(services -> look(services.get(Accounts.class), login)
                .<SignIn>map(known -> new SignIn.Accepted(known.principal()))
                .orElseGet(SignIn.Refused::new));
    }

    /** Nobody issues any. */
    @Override
    public boolean takesTokens() {
        return false;
    }

    @Override
    public Outcome<SignIn> signInWithToken(Door door, String login, Secret token) {
        return new Outcome.Done<>(new SignIn.Refused());
    }

    @Override
    public void forget(String login) {
        verified.forget(login);
    }

    private Outcome<SignIn> check(String login, Secret password, Optional<Known> known, long generation) {
        boolean right;
        try {
            right = passwords.matches(password, known.map(Known::hash).orElse(nobody));
        } catch (Passwords.TooBusy e) {
            return new Outcome.Unavailable<>();
        }
        if (!right || known.isEmpty() || password.isEmpty()) {
            return new Outcome.Done<>(new SignIn.Refused());
        }
        verified.put(login, password, known.get().principal(), generation);
        return new Outcome.Done<>(new SignIn.Accepted(known.get().principal()));
    }

    private static Optional<Known> look(Accounts accounts, String login) {
        if (login.indexOf('@') < 0) {
            return accounts.administratorPassword(login)
                    .map(hash -> new Known(new Principal.Administrator(login), hash));
        }
        return EmailAddress.parse(login)
                .flatMap(accounts::find)
                .flatMap(account -> accounts.password(account.id())
                        .map(hash -> new Known(new Principal.User(account.id(), account.address()), hash)));
    }
}

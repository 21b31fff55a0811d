package org.merpati.core.smtp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.directory.Directory;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.directory.Recipient;
import org.merpati.core.api.directory.ScramVerifier;
import org.merpati.core.api.directory.Secret;
import org.merpati.core.api.directory.SignIn;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.FailureKind;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.api.door.Unit;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.api.spool.Spooled;
import org.merpati.core.transport.Envelope;
import org.merpati.core.transport.Receipt;
import org.merpati.core.transport.Reception;

/** A server of which everything around the SMTP session is in memory. */
final class Fixture implements Directory, Reception, Door, Pacing {
    final Map<String, String> settings =
            new TreeMap<>(Map.of("data", "target/no-data", "hostname", "mx.example.org", "limits.enabled", "true"));
    final MemorySpool spool = new MemorySpool();
    final List<Envelope> envelopes = new ArrayList<>();
    final List<String> messages = new ArrayList<>();
    final List<Duration> pauses = new ArrayList<>();
    final Map<String, Long> accounts =
            new TreeMap<>(Map.of("alice@example.org", 1L, "bob@example.org", 2L, "postmaster@example.org", 9L));
    /** Lists and aliases, and which accounts they lead to. */
    final Map<String, List<Long>> lists = new TreeMap<>();
    /** Octets that are left; missing: no limit. */
    final Map<Long, Long> rooms = new TreeMap<>();

    int manyAccounts;
    int lookUps;
    int roomsAsked;
    long clock;
    Duration everyLook = Duration.ZERO;
    Outcome<Recipient> directory = new Outcome.Done<>(new Recipient.Unknown()); // not Done: what every look-up gives
    Receipt receipt = new Receipt.Accepted("m1");

    SmtpProtocol protocol() {
        var config = Config.from(settings, "test", Map.of(), new Properties());
        return new SmtpProtocol(new SmtpServer(SmtpLimits.of(config), this, this, spool, this, this));
    }

    /** Serves these octets, given in one piece, and returns what the server wrote. */
    String serve(String client) throws IOException {
        var connection = ScriptedConnection.of(client);
        protocol().serve(connection);
        return connection.written();
    }

    @Override
    public void forget(String login) {
        throw new AssertionError("SMTP changes no passwords");
    }

    @Override
    public Outcome<Recipient> find(Door door, EmailAddress address) {
        lookUps++;
        if (!(directory instanceof Outcome.Done)) {
            return directory;
        }
        if (!address.domain().equals("example.org")) {
            return new Outcome.Done<>(new Recipient.Elsewhere());
        }
        var list = lists.get(address.toString());
        if (list != null) {
            var accounts = list.stream().map(AccountId::new).toList();
            return new Outcome.Done<>(
                    list.isEmpty()
                            ? new Recipient.TooMany()
                            : new Recipient.Local(address, Optional.empty(), accounts));
        }
        var many = address.localPart().startsWith("u")
                ? Long.parseLong(address.localPart().substring(1))
                : 0;
        var id = many > 0 && many <= manyAccounts ? Long.valueOf(1_000 + many) : accounts.get(address.toString());
        return new Outcome.Done<>(
                id == null ? new Recipient.Unknown() : new Recipient.Local(new AccountId(id), address));
    }

    @Override
    public Outcome<Boolean> mayUse(Door door, Principal.User user, EmailAddress sender) {
        throw new AssertionError("nobody signs in here");
    }

    @Override
    public Outcome<Optional<ScramVerifier>> scram(Door door, String login, ScramVerifier.Hash hash) {
        throw new AssertionError("nobody signs in here");
    }

    @Override
    public Outcome<SignIn> signedIn(Door door, String login) {
        throw new AssertionError("nobody signs in here");
    }

    @Override
    public boolean takesTokens() {
        return false;
    }

    @Override
    public Outcome<SignIn> signInWithToken(Door door, String login, Secret token) {
        throw new AssertionError("nobody signs in here");
    }

    @Override
    public Outcome<SignIn> signIn(Door door, String login, Secret password) {
        throw new AssertionError("nobody signs in here");
    }

    @Override
    public long room(Door door, Recipient.Local recipient) {
        roomsAsked++;
        return recipient.accounts().stream()
                .mapToLong(account -> rooms.getOrDefault(account.value(), Long.MAX_VALUE))
                .max()
                .orElse(-1);
    }

    @Override
    public Receipt receive(Door door, Envelope envelope, Spooled message) {
        envelopes.add(envelope);
        try (var in = message.open()) {
            messages.add(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return receipt;
    }

    @Override
    public List<Receipt> receiveEach(Door door, Envelope envelope, Spooled message) {
        throw new AssertionError("one reply speaks for all recipients here");
    }

    @Override
    public <T> Outcome<T> call(Unit<T> unit) {
        return new Outcome.Failed<>(FailureKind.BUG, "the session itself does not use the door");
    }

    @Override
    public long now() {
        clock += everyLook.toNanos();
        return clock;
    }

    @Override
    public void pause(Duration time) {
        pauses.add(time);
    }
}

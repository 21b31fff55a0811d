package org.merpati.core.smtp;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.merpati.core.api.blob.Content;
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
import org.merpati.core.api.stage.AddressVerdict;
import org.merpati.core.api.stage.MailRequest;
import org.merpati.core.api.stage.RcptRequest;
import org.merpati.core.api.stage.SmtpSessionView;
import org.merpati.core.api.stage.SmtpStage;
import org.merpati.core.api.stage.SmtpTransaction;
import org.merpati.core.api.stage.Verdict;
import org.merpati.core.transport.Envelope;
import org.merpati.core.transport.Receipt;
import org.merpati.core.transport.Reception;
import org.merpati.lib.sasl.Password;
import org.merpati.lib.sasl.ScramCredential;
import org.merpati.lib.sasl.ScramHash;

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

    /** Who has which password; with SCRAM, too. */
    final Map<String, String> passwords = new TreeMap<>();
    /** Tokens, and whose they are. */
    final Map<String, String> tokens = new TreeMap<>();
    /** Addresses that somebody may send from besides their own. */
    final Map<String, String> aliases = new TreeMap<>();
    /** What each account's own receipt is; missing: the one for all. */
    final Map<Long, Receipt> receipts = new TreeMap<>();
    /** What the stages say of a step; missing: nothing. */
    final Map<String, Verdict> verdicts = new TreeMap<>();
    /** Addresses that others take the place of. */
    final Map<String, String> rewritten = new TreeMap<>();

    SmtpKind kind = SmtpKind.MX;
    int manyAccounts;
    int lookUps;
    int roomsAsked;
    long clock;
    Duration everyLook = Duration.ZERO;
    Outcome<Recipient> directory = new Outcome.Done<>(new Recipient.Unknown()); // not Done: what every look-up gives
    Receipt receipt = new Receipt.Accepted("m1");

    SmtpProtocol protocol() {
        return new SmtpProtocol(server(this));
    }

    SmtpServer server(Reception reception) {
        var limits = SmtpLimits.of(Config.from(settings, "test", Map.of(), new Properties()), kind);
        var mechanisms = new Mechanisms(kind, limits, this, () -> new byte[32], () -> "3rfcNHYJY1ZVvWVs7j");
        return new SmtpServer(kind, limits, this, this, spool, reception, mechanisms, new Says(), this);
    }

    /** The stages, saying what the maps have. */
    private final class Says implements SmtpStage {
        private Verdict says(String step) {
            return verdicts.getOrDefault(step, Verdict.proceed());
        }

        @Override
        public Verdict connect(SmtpSessionView session) {
            return says("connect");
        }

        @Override
        public Verdict ehlo(SmtpSessionView session) {
            assertThat(session.heloDomain()).isPresent();
            return says("ehlo");
        }

        @Override
        public Verdict auth(SmtpSessionView session) {
            assertThat(session.authenticatedAs()).isPresent();
            return says("auth");
        }

        @Override
        public AddressVerdict mail(SmtpSessionView session, MailRequest request) {
            var other = rewritten.get(request.sender());
            return other == null ? says("mail") : AddressVerdict.replace(other);
        }

        @Override
        public AddressVerdict rcpt(SmtpSessionView session, RcptRequest request) {
            var other = rewritten.get(request.recipient());
            return other == null ? says("rcpt") : AddressVerdict.replace(other);
        }

        @Override
        public Verdict data(SmtpSessionView session, SmtpTransaction transaction) {
            assertThat(transaction.recipients()).isNotEmpty();
            return says("data");
        }

        @Override
        public Verdict message(SmtpSessionView session, SmtpTransaction transaction, Content message) {
            return says("message");
        }
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
        var owner = aliases.getOrDefault(sender.toString(), sender.toString());
        return new Outcome.Done<>(user.address().toString().equals(owner));
    }

    @Override
    public Outcome<Optional<ScramVerifier>> scram(Door door, String login, ScramVerifier.Hash hash) {
        var salt = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        var kind = hash == ScramVerifier.Hash.SHA_1 ? ScramHash.SHA_1 : ScramHash.SHA_256;
        return signedOut(login)
                .map(none -> Optional.ofNullable(passwords.get(login))
                        .map(password -> ScramCredential.derive(kind, Password.of(password), salt, 4096))
                        .map(credential -> new ScramVerifier(credential.text())));
    }

    @Override
    public Outcome<SignIn> signedIn(Door door, String login) {
        return signedOut(login).map(none -> accepted(login));
    }

    @Override
    public boolean takesTokens() {
        return !tokens.isEmpty();
    }

    @Override
    public Outcome<SignIn> signInWithToken(Door door, String login, Secret token) {
        var given = token.use(bytes -> new String(bytes, StandardCharsets.UTF_8));
        return new Outcome.Done<>(Optional.ofNullable(tokens.get(given))
                .filter(owner -> login.isEmpty() || login.equals(owner))
                .map(this::accepted)
                .orElseGet(SignIn.Refused::new));
    }

    @Override
    public Outcome<SignIn> signIn(Door door, String login, Secret password) {
        var given = password.use(bytes -> new String(bytes, StandardCharsets.UTF_8));
        return signedOut(login)
                .map(none -> given.equals(passwords.get(login)) ? accepted(login) : new SignIn.Refused());
    }

    private Outcome<SignIn> signedOut(String login) {
        return login.startsWith("unavailable") ? new Outcome.Unavailable<>() : new Outcome.Done<>(new SignIn.Refused());
    }

    private SignIn accepted(String login) {
        return new SignIn.Accepted(EmailAddress.parse(login)
                .<Principal>map(
                        address -> new Principal.User(new AccountId(accounts.getOrDefault(login, 99L)), address))
                .orElseGet(() -> new Principal.Administrator(login)));
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
        keep(envelope, message);
        return receipt;
    }

    @Override
    public List<Receipt> receiveEach(Door door, Envelope envelope, Spooled message) {
        keep(envelope, message);
        return envelope.addressees().stream()
                .map(addressee -> receipts.getOrDefault(
                        addressee.recipient().accounts().getFirst().value(), receipt))
                .toList();
    }

    private void keep(Envelope envelope, Spooled message) {
        envelopes.add(envelope);
        try (var in = message.open()) {
            messages.add(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

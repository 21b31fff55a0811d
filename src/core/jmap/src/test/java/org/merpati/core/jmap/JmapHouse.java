package org.merpati.core.jmap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.merpati.core.api.Platform;
import org.merpati.core.api.blob.Content;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.directory.Secret;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.FailureKind;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.api.door.Unit;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Accounts;
import org.merpati.core.store.Domains;
import org.merpati.core.store.Emails;
import org.merpati.core.store.Filing;
import org.merpati.core.store.KeywordPatch;
import org.merpati.core.store.LocalWatchers;
import org.merpati.core.store.Mailboxes;
import org.merpati.core.store.Messages;
import org.merpati.core.store.Migrations;
import org.merpati.core.store.NewEmail;
import org.merpati.core.store.PlatformHolder;
import org.merpati.core.store.directory.InternalDirectory;
import org.merpati.core.store.directory.PasswordHash;
import org.merpati.core.store.directory.Passwords;
import org.merpati.launch.runtime.EmbeddedRuntime;
import org.merpati.lib.jmap.RequestException;
import org.merpati.lib.jmap.ResponseWriter;

/**
 * JMAP over the real store and an H2 database in memory, with ana@example.org and bob@example.org. There is one for all tests of
 * this JVM, which run one after another; {@link #empty} makes the accounts anew.
 */
public final class JmapHouse {
    public static final Instant RECEIVED = Instant.parse("2026-11-20T10:00:00Z");
    /** When the server thinks it is. */
    public static final Instant NOW = Instant.parse("2026-11-22T10:11:12Z");

    public static final JmapHouse HOUSE = new JmapHouse();
    public static final ObjectMapper JSON = new ObjectMapper();

    private static final String USING = "['urn:ietf:params:jmap:core','urn:ietf:params:jmap:mail',"
            + "'urn:ietf:params:jmap:submission','urn:ietf:params:jmap:vacationresponse','urn:ietf:params:jmap:mdn']";

    static final URI BASE = URI.create("https://mail.example.org");
    private static final EmailAddress ANA = new EmailAddress("ana", "example.org");
    private static final EmailAddress BOB = new EmailAddress("bob", "example.org");

    public final MemoryBlobs blobs = new MemoryBlobs();
    public final MemorySpool spool = new MemorySpool();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile Instant now = NOW;
    private volatile Optional<FailureKind> failure = Optional.empty();
    private volatile Optional<Interference> interference = Optional.empty();
    private final Door door;
    private final JmapApi api;
    private final Platform platform;
    private final PasswordHash password;
    private volatile AccountId ana = new AccountId(0);
    private volatile AccountId bob = new AccountId(0);

    private JmapHouse() {
        var runtime = EmbeddedRuntime.builder()
                .database("jdbc:h2:mem:jmap;LOCK_TIMEOUT=10000", "sa", "")
                .acceptVolatile(true)
                .start();
        var passwords = new Passwords();
        password = passwords.hash(Secret.of("secret"));
        var settings = new HashMap<>(Map.of("data", "target/no-data", "hostname", "mail.example.org"));
        platform = new Platform(
                Config.from(settings, "test", Map.of(), new Properties()),
                blobs,
                spool,
                new InternalDirectory(InstantSource.system(), passwords),
                new LocalWatchers(),
                () -> now);
        runtime.get(PlatformHolder.class).set(platform);
        runtime.get(Migrations.class).migrate(runtime.get(DataSource.class), true);
        var inner = runtime.get(Door.class);
        door = new Door() {
            @Override
            public <T> Outcome<T> call(Unit<T> unit) {
                int number = calls.incrementAndGet();
                interference.filter(other -> other.before() == number).ifPresent(other -> inner.call(other.change()));
                return failure.isPresent() ? new Outcome.Failed<>(failure.get(), "f7") : inner.call(unit);
            }
        };
        api = new JmapApi(door, platform);
        on(services -> services.get(Accounts.class).addFirstAdministrator("admin", password));
        on(services -> services.get(Domains.class).add("example.org"));
    }

    /** Both accounts new, with no mail. */
    public JmapHouse empty() {
        on(services -> services.get(Accounts.class).remove(ANA));
        on(services -> services.get(Accounts.class).remove(BOB));
        ana = add(ANA);
        bob = add(BOB);
        spool.full = false;
        now = NOW;
        return this;
    }

    private AccountId add(EmailAddress address) {
        var added = on(services -> services.get(Accounts.class).add(address, "", password));
        return ((Accounts.Addition.Added) added).account().id();
    }

    public JmapApi api() {
        return api;
    }

    public Principal.User caller() {
        return new Principal.User(ana, ANA);
    }

    public AccountId account() {
        return ana;
    }

    public String ana() {
        return IdKind.ACCOUNT.id(ana.value());
    }

    public String bob() {
        return IdKind.ACCOUNT.id(bob.value());
    }

    public AccountId bobsAccount() {
        return bob;
    }

    public String bobsMailboxNamed(String path) {
        return mailboxId(
                on(services -> services.get(Mailboxes.class).find(bob, path).orElseThrow())
                        .id());
    }

    public Door door() {
        return door;
    }

    public Platform platform() {
        return platform;
    }

    /** Until the accounts are made anew. */
    public void pass(Duration time) {
        now = now.plus(time);
    }

    /** From now on, until {@link #recover}. */
    public void failWith(FailureKind kind) {
        failure = Optional.of(kind);
    }

    public void recover() {
        failure = Optional.empty();
    }

    private record Interference(int before, Unit<?> change) {}

    /** Somebody else comes just before somebody goes through the door for the n-th time from now, counted from 1. */
    public void interfereBefore(int call, Unit<?> change) {
        interference = Optional.of(new Interference(calls.get() + call, change));
    }

    /** How often the door was gone through. */
    public int calls() {
        return calls.get();
    }

    public <T> T on(Unit<T> unit) {
        return door.call(unit).orThrow();
    }

    /** Makes a mailbox; its id. */
    public String mailbox(String path) {
        return mailboxId(on(services -> services.get(Mailboxes.class).create(ana, Mailboxes.Creation.named(path)))
                .orThrow()
                .id());
    }

    /** Of one that is there. */
    public String mailboxNamed(String path) {
        return mailboxId(
                on(services -> services.get(Mailboxes.class).find(ana, path).orElseThrow())
                        .id());
    }

    private static String mailboxId(MailboxId id) {
        return IdKind.MAILBOX.id(id.value());
    }

    /** Puts a message into mailboxes; its id. */
    public String mail(String message, Instant received, Set<String> keywords, String... mailboxes) {
        return mail(ana, message, received, keywords, mailboxes);
    }

    public String mail(String message, String... mailboxes) {
        return mail(message, RECEIVED, Set.of(), mailboxes.length == 0 ? new String[] {"INBOX"} : mailboxes);
    }

    private String mail(AccountId account, String message, Instant received, Set<String> keywords, String... paths) {
        try {
            var octets = message.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
            var filed = Filing.read(Content.of(octets)).store(blobs, "test");
            var email = new NewEmail(
                    filed, received, keywords.stream().map(Keyword::new).collect(Collectors.toSet()), false);
            var made = on(services -> {
                var boxes = Arrays.stream(paths)
                        .map(path -> services.get(Mailboxes.class)
                                .find(account, path)
                                .orElseThrow()
                                .id())
                        .collect(Collectors.toSet());
                return services.get(Emails.class).add(account, email, boxes);
            });
            return IdKind.EMAIL.id(made.orThrow().id().value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bob's. */
    public String bobsMail(String message) {
        return mail(bob, message, RECEIVED, Set.of(), "INBOX");
    }

    /** Marks all of a mailbox's messages as IMAP's {@code \Deleted}. */
    public void markDeleted(String path, boolean deleted) {
        on(services -> {
            var box = services.get(Mailboxes.class).find(ana, path).orElseThrow();
            var messages = services.get(Messages.class);
            var uids = messages.uids(ana, box.id(), new Uid(0));
            return messages.store(
                    ana,
                    box.id(),
                    uids,
                    new Messages.FlagChange(KeywordPatch.NONE, Optional.of(deleted)),
                    Optional.empty());
        });
    }

    public static String message(String subject) {
        return "From: Bob <bob@example.net>\nTo: ana@example.org\nSubject: " + subject + "\nMessage-ID: <"
                + subject.hashCode() + "@example.net>\nDate: Fri, 20 Nov 2026 09:00:00 +0100\n\nHello Ana, about "
                + subject + "\n";
    }

    /** The answer to a whole request, written with single quotes. */
    public JsonNode answer(String request) {
        return answer(request, caller());
    }

    public JsonNode answer(String request, Principal caller) {
        try {
            return JSON.readTree(bytes(request.replace('\'', '"'), caller));
        } catch (IOException | RequestException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same over another server on this store. */
    public JsonNode answer(String request, JmapApi other) throws IOException, RequestException {
        var body = new ByteArrayInputStream(request.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        try (var response = other.run(body, caller(), BASE)) {
            var out = new ByteArrayOutputStream();
            ResponseWriter.write(response, out);
            return JSON.readTree(out.toByteArray());
        }
    }

    public byte[] bytes(String request, Principal caller) throws IOException, RequestException {
        var body = new ByteArrayInputStream(request.getBytes(StandardCharsets.UTF_8));
        try (var response = api.run(body, caller, BASE)) {
            var out = new ByteArrayOutputStream();
            ResponseWriter.write(response, out);
            return out.toByteArray();
        }
    }

    /** The responses to these calls, written with single quotes and {@code $} for ana's account. */
    public JsonNode run(String calls) {
        return answer("{'using':" + USING + ",'methodCalls':[" + calls.replace("$", ana()) + "]}")
                .get("methodResponses");
    }

    /** The arguments of the response to one call on ana's account, which must not be an error. */
    public JsonNode call(String method, String arguments) {
        var response = response(method, arguments);
        if (response.get(0).textValue().equals("error")) {
            throw new AssertionError(method + " " + arguments + ": " + response.get(1));
        }
        return response.get(1);
    }

    /** The error that a call is answered with. */
    public String error(String method, String arguments) {
        var response = response(method, arguments);
        if (!response.get(0).textValue().equals("error")) {
            throw new AssertionError(method + " " + arguments + ": " + response.get(1));
        }
        return response.get(1).get("type").textValue();
    }

    private JsonNode response(String method, String arguments) {
        var comma = arguments.isEmpty() ? "" : ",";
        return answer("{'using':" + USING + ",'methodCalls':[['" + method + "',{'accountId':'" + ana() + "'" + comma
                        + arguments + "},'c']]}")
                .get("methodResponses")
                .get(0);
    }

    public static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(one -> texts.add(one.textValue()));
        return texts;
    }
}

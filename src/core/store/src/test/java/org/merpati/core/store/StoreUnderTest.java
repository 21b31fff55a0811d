package org.merpati.core.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.merpati.core.api.Platform;
import org.merpati.core.api.blob.Blob;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.blob.BlobStore;
import org.merpati.core.api.blob.Content;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.Unit;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.store.Deliveries.Delivery;
import org.merpati.core.store.directory.InternalDirectory;
import org.merpati.core.store.directory.PasswordHash;
import org.merpati.core.store.directory.Passwords;
import org.merpati.launch.runtime.EmbeddedRuntime;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.StoredStructure;

/** A store over an empty database, and mail to put into it. */
final class StoreUnderTest implements AutoCloseable {
    static final Instant RECEIVED = Instant.parse("2026-02-03T04:05:06.789Z");
    static final int SIZE = 4711;
    private static final PasswordHash HASH = new PasswordHash("$x", "y", "z");

    final EmbeddedRuntime runtime;
    final Door door;
    final LocalWatchers watchers = new LocalWatchers();

    /** The store's clock shows that many milliseconds more than the machine's. */
    final AtomicLong ahead = new AtomicLong();

    private final AtomicLong number = new AtomicLong();

    StoreUnderTest(EmbeddedRuntime runtime) {
        this.runtime = runtime;
        InstantSource clock = () -> InstantSource.system().instant().plusMillis(ahead.get());
        var directory = new InternalDirectory(clock, new Passwords());
        var platform = new Platform(
                Config.from(Map.of(), "test", Map.of(), new Properties()),
                new NoBlobs(),
                () -> {
                    throw new IllegalStateException("not in this test");
                },
                directory,
                watchers,
                clock);
        runtime.get(PlatformHolder.class).set(platform);
        runtime.get(Migrations.class).migrate(runtime.get(javax.sql.DataSource.class), true);
        door = runtime.get(Door.class);
    }

    private static final class NoBlobs implements BlobStore {
        @Override
        public Blob append(Content content) {
            throw new IllegalStateException("not in this test");
        }

        @Override
        public java.io.InputStream open(BlobRef ref, long from, long length) {
            throw new IllegalStateException("not in this test");
        }
    }

    /** The service, each of its methods one unit through the door. */
    <S> S via(Class<S> service) {
        return Services.through(door, service);
    }

    /** These instead of those before. */
    void settings(Map<String, String> settings) {
        var holder = runtime.get(PlatformHolder.class);
        var old = holder.platform();
        var config = Config.from(settings, "test", Map.of(), new Properties());
        holder.set(new Platform(config, old.blobs(), old.spool(), old.directory(), old.watchers(), old.clock()));
    }

    <T> T unit(Unit<T> unit) {
        return door.call(unit).orThrow();
    }

    /** An account that no other test uses, in a domain of its own. */
    AccountId account() {
        var domain = "d" + number.incrementAndGet() + ".example";
        via(Domains.class).add(domain);
        return account("user@" + domain);
    }

    AccountId account(String address) {
        var added = via(Accounts.class).add(EmailAddress.parse(address).orElseThrow(), "", HASH);
        return ((Accounts.Addition.Added) added).account().id();
    }

    /** A message that says what it replies to; each has octets of its own. */
    NewMessage message(String subject, String id, List<String> references) {
        var header = new StringBuilder("Subject: " + subject + "\r\n");
        if (!id.isEmpty()) {
            header.append("Message-ID: <").append(id).append(">\r\n");
        }
        if (!references.isEmpty()) {
            header.append("References:");
            references.forEach(
                    reference -> header.append("\r\n <").append(reference).append('>'));
            header.append("\r\n");
        }
        return message(header.toString());
    }

    NewMessage message(String header) {
        var parsed = Message.parse((header + "\r\nbody").getBytes(StandardCharsets.UTF_8));
        long own = number.incrementAndGet();
        var sha256 = HexFormat.of().toHexDigits(own).repeat(4);
        return new NewMessage(
                new Blob(new BlobRef(3, own, SIZE), sha256),
                header.length() + 2,
                parsed.root().header().text("Subject").orElse(""),
                StoredStructure.of(parsed.root(), 64_000),
                "body");
    }

    /** Delivers it to each; the email of the first. */
    EmailId deliver(NewMessage message, AccountId... accounts) {
        via(Deliveries.class).deliver(new Delivery(UUID.randomUUID(), message, List.of(accounts), RECEIVED));
        return newest(accounts[0]);
    }

    /** Takes away all that a removed account has left. */
    void clear(AccountId account) {
        var garbage = via(Garbage.class);
        while (garbage.clear(account).more()) {
            // the next part
        }
    }

    Mailboxes.Mailbox inbox(AccountId account) {
        return via(Mailboxes.class).find(account, "INBOX").orElseThrow();
    }

    List<Emails.Email> emails(AccountId account) {
        var ids = via(Emails.class)
                .query(account, java.util.Optional.empty(), true, 0, Emails.PAGE)
                .ids();
        return via(Emails.class).get(account, ids);
    }

    private EmailId newest(AccountId account) {
        return unit(services -> {
            var inbox = services.get(Mailboxes.class).find(account, "INBOX").orElseThrow();
            var last = new org.merpati.core.api.mail.Uid(inbox.uidNext().value() - 2);
            return services.get(Messages.class)
                    .page(account, inbox.id(), last, inbox.uidNext())
                    .getFirst()
                    .email();
        });
    }

    @Override
    public void close() {
        runtime.close();
    }
}

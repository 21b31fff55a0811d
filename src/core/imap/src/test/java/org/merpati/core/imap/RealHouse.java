package org.merpati.core.imap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.merpati.core.api.Platform;
import org.merpati.core.api.blob.Blob;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.blob.BlobStore;
import org.merpati.core.api.blob.Content;
import org.merpati.core.api.directory.Secret;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.store.Accounts;
import org.merpati.core.store.Domains;
import org.merpati.core.store.LocalWatchers;
import org.merpati.core.store.Mailboxes;
import org.merpati.core.store.Messages;
import org.merpati.core.store.Migrations;
import org.merpati.core.store.NewEmail;
import org.merpati.core.store.NewMessage;
import org.merpati.core.store.PlatformHolder;
import org.merpati.core.store.Quotas;
import org.merpati.core.store.directory.InternalDirectory;
import org.merpati.core.store.directory.PasswordHash;
import org.merpati.core.store.directory.Passwords;
import org.merpati.launch.runtime.EmbeddedRuntime;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.StoredStructure;
import org.merpati.lib.mime.view.Preview;

/**
 * The store over an H2 database in memory, with alice@example.org, password {@code secret}. There is one for all tests of this
 * JVM, which run one after another; {@link #empty} makes her account anew.
 */
final class RealHouse {
    static final Instant RECEIVED = FakeHouse.RECEIVED;
    /** When sessions think it is. */
    static final Instant NOW = Instant.parse("2026-11-22T10:11:12Z");

    static final RealHouse HOUSE = new RealHouse();

    private static final EmailAddress ALICE = new EmailAddress("alice", "example.org");

    final Door door;
    final MemorySpool spool = new MemorySpool();
    private final LocalWatchers watchers = new LocalWatchers();
    private final MemoryBlobs blobs = new MemoryBlobs();
    private final InternalDirectory directory;
    private final PasswordHash password;
    private volatile AccountId account = new AccountId(0);

    private RealHouse() {
        var runtime = EmbeddedRuntime.builder()
                .database("jdbc:h2:mem:imap;LOCK_TIMEOUT=10000", "sa", "")
                .acceptVolatile(true)
                .start();
        var passwords = new Passwords();
        password = passwords.hash(Secret.of("secret"));
        directory = new InternalDirectory(InstantSource.system(), passwords);
        runtime.get(PlatformHolder.class)
                .set(new Platform(
                        FakeHouse.config(Map.of()),
                        blobs,
                        () -> {
                            throw new IllegalStateException("not in this test");
                        },
                        directory,
                        watchers,
                        InstantSource.system()));
        runtime.get(Migrations.class).migrate(runtime.get(DataSource.class), true);
        door = runtime.get(Door.class);
        door.call(services -> {
                    services.get(Accounts.class).addFirstAdministrator("admin", password);
                    return services.get(Domains.class).add("example.org");
                })
                .orThrow();
    }

    /** Without mail, and with more mailboxes than the usual ones. */
    RealHouse empty() {
        spool.full = false;
        spool.takes = Long.MAX_VALUE;
        door.call(services -> services.get(Accounts.class).remove(ALICE)).orThrow();
        door.call(services -> services.get(Quotas.class).limitDomain(ALICE.domain(), Quotas.Limits.NONE))
                .orThrow();
        var added = door.call(services -> services.get(Accounts.class).add(ALICE, "", password))
                .orThrow();
        account = ((Accounts.Addition.Added) added).account().id();
        for (var name : List.of("lists/a", "lists/b/c", "Entwürfe & mehr")) {
            door.call(services -> services.get(Mailboxes.class).create(account, Mailboxes.Creation.named(name)))
                    .orThrow()
                    .orThrow();
        }
        return this;
    }

    /** So many octets of mail at most; less than 0: no limit. */
    void quota(long octets) {
        var limits = octets < 0 ? Quotas.Limits.NONE : new Quotas.Limits(OptionalLong.of(octets), OptionalLong.empty());
        door.call(services -> services.get(Quotas.class).limitAccount(ALICE, limits))
                .orThrow();
    }

    /** How many messages the account or its domain may have, and as many times 10 KB. */
    void limit(String whose, int messages) {
        var limits = new Quotas.Limits(OptionalLong.of(messages * 10_240L), OptionalLong.of(messages));
        door.call(services -> whose.equals("domain")
                        ? services.get(Quotas.class).limitDomain(ALICE.domain(), limits)
                        : services.get(Quotas.class).limitAccount(ALICE, limits))
                .orThrow();
    }

    AccountId account() {
        return account;
    }

    int watchers() {
        return watchers.open();
    }

    /** Plain logins from loopback, no delays. */
    ImapProtocol protocol() {
        return protocol(InstantSource.fixed(NOW));
    }

    ImapProtocol protocol(InstantSource clock) {
        return protocol(clock, Map.of());
    }

    ImapProtocol protocol(InstantSource clock, Map<String, String> settings) {
        var all = new HashMap<>(Map.of("auth.allow-plaintext", "true", "limits.enabled", "false"));
        all.putAll(settings);
        var config = FakeHouse.config(all);
        return new ImapProtocol(
                new Surroundings(config, door, directory, blobs, spool, watchers, clock, duration -> {}));
    }

    /** Whether no octets can be read; to be taken back, as all tests share the house. */
    void hideBlobs(boolean hidden) {
        blobs.hidden = hidden;
    }

    void deliver(String mailbox, String subject) {
        deliver(mailbox, subject, FakeHouse.message(subject));
    }

    void deliver(String mailbox, String subject, byte[] octets) {
        try {
            var read = Message.parse(octets);
            var root = read.root();
            var message = new NewMessage(
                    blobs.append(Content.of(octets)),
                    root.header().size(),
                    subject,
                    StoredStructure.of(root, Integer.MAX_VALUE),
                    Preview.of(read));
            door.call(services -> {
                        var into = services.get(Mailboxes.class)
                                .find(account, mailbox)
                                .orElseThrow();
                        return services.get(Messages.class)
                                .append(account, into.id(), List.of(new NewEmail(message, RECEIVED, Set.of(), false)));
                    })
                    .orThrow()
                    .orThrow();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static final class MemoryBlobs implements BlobStore {
        private final Map<Long, byte[]> blobs = new ConcurrentHashMap<>();
        private final AtomicLong number = new AtomicLong();
        private volatile boolean hidden;

        @Override
        public Blob append(Content content) throws IOException {
            try (var in = content.open()) {
                byte[] octets = in.readAllBytes();
                long key = number.incrementAndGet();
                blobs.put(key, octets);
                return new Blob(new BlobRef(0, key, octets.length), digest(octets));
            }
        }

        private static String digest(byte[] octets) {
            try {
                return HexFormat.of()
                        .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                                .digest(octets));
            } catch (java.security.NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public InputStream open(BlobRef ref, long from, long length) throws IOException {
            var octets = blobs.get(ref.offset());
            if (octets == null || hidden) {
                throw new IOException("no such blob");
            }
            return new ByteArrayInputStream(octets, (int) from, (int) Math.min(length, octets.length - from));
        }
    }
}

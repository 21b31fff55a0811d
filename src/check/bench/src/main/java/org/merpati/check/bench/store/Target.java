package org.merpati.check.bench.store;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
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
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.store.Accounts;
import org.merpati.core.store.Deliveries;
import org.merpati.core.store.Domains;
import org.merpati.core.store.LocalWatchers;
import org.merpati.core.store.Mailboxes;
import org.merpati.core.store.Migrations;
import org.merpati.core.store.NewMessage;
import org.merpati.core.store.PlatformHolder;
import org.merpati.core.store.directory.InternalDirectory;
import org.merpati.core.store.directory.PasswordHash;
import org.merpati.core.store.directory.Passwords;
import org.merpati.launch.runtime.EmbeddedRuntime;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.StoredStructure;

/** A store on an empty database of one kind. */
final class Target implements AutoCloseable {
    static final long SIZE = 4096;
    private static final String DOMAIN = "bench.example";

    private final String name;
    private final boolean h2;
    private final EmbeddedRuntime runtime;
    private final Door door;
    private final AtomicLong messages = new AtomicLong();

    private Target(String name, boolean h2, EmbeddedRuntime runtime) {
        this.name = name;
        this.h2 = h2;
        this.runtime = runtime;
        var clock = InstantSource.system();
        runtime.get(PlatformHolder.class)
                .set(new Platform(
                        Config.from(Map.of(), "bench", Map.of(), new Properties()),
                        new NoBlobs(),
                        () -> {
                            throw new IllegalStateException("no spool here");
                        },
                        new InternalDirectory(clock, new Passwords()),
                        new LocalWatchers(),
                        clock));
        runtime.get(Migrations.class).migrate(runtime.get(DataSource.class), false);
        door = runtime.get(Door.class);
        unit(services -> services.get(Domains.class).add(DOMAIN));
    }

    /** H2 as the embedded home has it, durable as there. */
    static Target h2(Path folder) {
        return new Target(
                "H2",
                true,
                EmbeddedRuntime.builder().data(folder).connections(40).start());
    }

    /** @param url of an empty database */
    static Target postgres(String url, String user, String password) {
        return new Target(
                "PostgreSQL",
                false,
                EmbeddedRuntime.builder()
                        .database(url, user, password)
                        .connections(40)
                        .start());
    }

    private static final class NoBlobs implements BlobStore {
        @Override
        public Blob append(Content content) {
            throw new IllegalStateException("no octets here");
        }

        @Override
        public InputStream open(BlobRef ref, long from, long length) {
            throw new IllegalStateException("no octets here");
        }
    }

    String name() {
        return name;
    }

    boolean isH2() {
        return h2;
    }

    DataSource database() {
        return runtime.get(DataSource.class);
    }

    /** @throws RuntimeException when it could not be done */
    <T> T unit(Unit<T> unit) {
        return door.call(unit).orThrow();
    }

    AccountId account(String local) {
        var address = EmailAddress.parse(local + "@" + DOMAIN).orElseThrow();
        var added = unit(services -> services.get(Accounts.class).add(address, "", new PasswordHash("x", "y", "z")));
        return switch (added) {
            case Accounts.Addition.Added(var account) -> account.id();
            case Accounts.Addition.Taken taken -> throw new IllegalStateException(address + " is there");
            case Accounts.Addition.NoSuchDomain none -> throw new IllegalStateException("no domain " + DOMAIN);
        };
    }

    List<AccountId> accounts(String prefix, int count) {
        var accounts = new ArrayList<AccountId>(count);
        for (int i = 0; i < count; i++) {
            accounts.add(account(prefix + i));
        }
        return accounts;
    }

    Mailboxes.Mailbox mailbox(AccountId account, String mailbox) {
        return unit(services -> services.get(Mailboxes.class).find(account, mailbox))
                .orElseThrow();
    }

    /** What puts messages into that mailbox. */
    Fill fill(AccountId account, MailboxId mailbox) {
        return new Fill(database(), h2, account, mailbox, message().structure().octets());
    }

    /** Each message has an id of its own; three of four reply to the one before. */
    void deliver(AccountId account) {
        var delivery = new Deliveries.Delivery(UUID.randomUUID(), message(), List.of(account), Instant.EPOCH);
        unit(services -> services.get(Deliveries.class).deliver(delivery));
    }

    NewMessage message() {
        long number = messages.incrementAndGet();
        long first = number / 4 * 4;
        var header =
                "Date: Sat, 21 Nov 2026 12:00:00 +0000\r\nFrom: Ann <ann@bench.example>\r\nTo: Bob <bob@bench.example>\r\n"
                        + "Subject: Re: about " + first + "\r\nMessage-ID: <" + number
                        + "@bench.example>\r\nReferences: <" + first
                        + "@bench.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n";
        var root = Message.parse((header + "Hello\r\n").getBytes(StandardCharsets.UTF_8))
                .root();
        return new NewMessage(
                new Blob(
                        new BlobRef(1, number, SIZE),
                        HexFormat.of().toHexDigits(number).repeat(4)),
                header.length(),
                "Re: about " + first,
                StoredStructure.of(root, 64_000),
                "Hello");
    }

    @Override
    public void close() {
        runtime.close();
    }
}

package org.merpati.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.merpati.core.api.Platform;
import org.merpati.core.api.blob.Content;
import org.merpati.core.api.blob.NoSpaceException;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.disk.Disk;
import org.merpati.core.api.disk.DiskFile;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.FailureKind;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.blob.SegmentStore;
import org.merpati.core.store.directory.InternalDirectory;
import org.merpati.core.store.directory.PasswordHash;
import org.merpati.core.store.directory.Passwords;
import org.merpati.launch.runtime.EmbeddedRuntime;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.StoredStructure;

/** A disk that takes no writes for a while, from any write on: what was answered stays, and it goes on by itself. */
class DiskFailureTest {
    private static final byte[] TEXT = "Subject: s\r\n\r\nbody\r\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private final Failing disk = new Failing();

    @Test
    void everyWriteMayFail() throws IOException {
        try (var blobs = SegmentStore.open(disk, folder.resolve("blobs"), octets -> {});
                var runtime = EmbeddedRuntime.builder().data(folder).disk(disk).start()) {
            runtime.get(PlatformHolder.class).set(platform(blobs));
            runtime.get(Migrations.class).migrate(runtime.get(javax.sql.DataSource.class), false);
            var door = runtime.get(Door.class);
            var account = account(door);
            var answered = new ArrayList<String>();
            for (int after = 0; after < 16; after++) {
                disk.failFrom(after);
                boolean refused = false;
                for (int i = 0; i < 4; i++) {
                    var subject = after + "/" + i;
                    if (deliver(door, blobs, account, subject)) {
                        answered.add(subject);
                    } else {
                        refused = true;
                    }
                }
                assertThat(refused || disk.untouched()).as("after %s", after).isTrue();
                disk.heal();
                boolean well = false;
                for (int i = 0; i < 2 && !well; i++) { // the first one may still meet a connection that died
                    well = deliver(door, blobs, account, after + "/well");
                }
                assertThat(well).as("after %s", after).isTrue();
                answered.add(after + "/well");
                assertThat(subjects(door, account)).as("after %s", after).containsAll(answered);
            }
        }
        try (var runtime = EmbeddedRuntime.builder().data(folder).start()) {
            assertThat(runtime.has(Door.class)).isTrue();
        }
    }

    private static boolean deliver(Door door, SegmentStore blobs, AccountId account, String subject)
            throws IOException {
        try {
            var blob = blobs.append(Content.of(TEXT));
            var message = new NewMessage(
                    blob, 14, subject, StoredStructure.of(Message.parse(TEXT).root(), 1_000), "");
            var delivery = new Deliveries.Delivery(UUID.randomUUID(), message, List.of(account), Instant.EPOCH);
            Outcome<Deliveries.Delivered> outcome =
                    door.call(services -> services.get(Deliveries.class).deliver(delivery));
            if (outcome instanceof Outcome.Failed<Deliveries.Delivered> failed) {
                assertThat(failed.kind()).isEqualTo(FailureKind.NO_SPACE);
                return false;
            }
            return outcome instanceof Outcome.Done;
        } catch (NoSpaceException e) {
            return false;
        }
    }

    private static List<String> subjects(Door door, AccountId account) {
        return door.call(services -> {
                    var inbox =
                            services.get(Mailboxes.class).find(account, "INBOX").orElseThrow();
                    var uids = new ArrayList<Uid>();
                    var subjects = new ArrayList<String>();
                    uids.addAll(services.get(Messages.class).uids(account, inbox.id(), new Uid(0)));
                    for (int after = 0; after < 16; after++) {
                        for (var each : List.of("0", "1", "2", "3", "well")) {
                            var subject = after + "/" + each;
                            if (services
                                    .get(Messages.class)
                                    .withSubject(account, inbox.id(), subject, new Uid(0))
                                    .stream()
                                    .anyMatch(uids::contains)) {
                                subjects.add(subject);
                            }
                        }
                    }
                    return subjects;
                })
                .orThrow();
    }

    private static AccountId account(Door door) {
        door.call(services -> services.get(Domains.class).add("example.org")).orThrow();
        var added = door.call(services -> services.get(Accounts.class)
                        .add(EmailAddress.parse("ann@example.org").orElseThrow(), "", new PasswordHash("$x", "y", "z")))
                .orThrow();
        return ((Accounts.Addition.Added) added).account().id();
    }

    private static Platform platform(SegmentStore blobs) {
        return new Platform(
                Config.from(Map.of(), "test", Map.of(), new Properties()),
                blobs,
                () -> {
                    throw new IllegalStateException("not in this test");
                },
                new InternalDirectory(InstantSource.system(), new Passwords()),
                new LocalWatchers(),
                InstantSource.system());
    }

    /** The real disk, whose writes, changes of length and fsyncs fail from one on. */
    private static final class Failing implements Disk {
        private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);

        void failFrom(int operations) {
            left.set(operations);
        }

        boolean untouched() {
            return left.get() > 0;
        }

        void heal() {
            left.set(Integer.MAX_VALUE);
        }

        private void count() throws IOException {
            if (left.getAndUpdate(one -> Math.max(0, one - 1)) == 0) {
                throw new IOException("Input/output error");
            }
        }

        @Override
        public DiskFile open(Path file) throws IOException {
            var real = Disk.real().open(file);
            return new DiskFile() {
                @Override
                public long size() throws IOException {
                    return real.size();
                }

                @Override
                public int read(long at, byte[] into, int from, int length) throws IOException {
                    return real.read(at, into, from, length);
                }

                @Override
                public void write(long at, byte[] bytes, int from, int length) throws IOException {
                    count();
                    real.write(at, bytes, from, length);
                }

                @Override
                public void resize(long size) throws IOException {
                    count();
                    real.resize(size);
                }

                @Override
                public void force() throws IOException {
                    count();
                    real.force();
                }

                @Override
                public boolean lock() throws IOException {
                    return real.lock();
                }

                @Override
                public void close() throws IOException {
                    real.close();
                }
            };
        }

        @Override
        public void delete(Path file) throws IOException {
            count();
            Disk.real().delete(file);
        }

        @Override
        public void syncFolder(Path synced) throws IOException {
            count();
            Disk.real().syncFolder(synced);
        }
    }
}

package org.merpati.core.imap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.merpati.core.api.blob.Blob;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.blob.BlobStore;
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
import org.merpati.core.api.door.Services;
import org.merpati.core.api.door.Unit;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.api.mail.UidValidity;
import org.merpati.core.api.watch.Change;
import org.merpati.core.api.watch.Watch;
import org.merpati.core.api.watch.Watchers;
import org.merpati.core.store.Attempt;
import org.merpati.core.store.Emails;
import org.merpati.core.store.Mailboxes.Mailbox;
import org.merpati.core.store.Mailboxes.Recent;
import org.merpati.core.store.Messages;
import org.merpati.core.store.Messages.Message;
import org.merpati.core.store.index.IndexRow;
import org.merpati.core.store.index.MailboxIndex;
import org.merpati.lib.mime.StoredStructure;

/** The store's interfaces in memory, behind a door, for one account: alice@example.org, password {@code secret}. */
final class FakeHouse implements Door, Services, BlobStore, Watchers, Directory {
    static final AccountId ALICE = new AccountId(1);
    static final Instant RECEIVED = Instant.parse("2026-11-01T09:08:07Z");

    private static final class Box {
        final MailboxId id;
        final String name;
        final List<Message> messages = new ArrayList<>();
        long uidNext = 1;
        long firstRecent = 1;
        long modSeq = 1;

        Box(long id, String name) {
            this.id = new MailboxId(id);
            this.name = name;
        }
    }

    final List<Duration> pauses = new CopyOnWriteArrayList<>();
    volatile Runnable onChanged = () -> {};
    private final Map<BlobRef, byte[]> blobs = new HashMap<>();
    private final Map<Long, StoredStructure> structures = new HashMap<>();
    volatile boolean structuresStored = true;
    private final Set<BlobRef> damaged = new HashSet<>();
    private final List<Box> boxes = new ArrayList<>();
    private final List<FakeWatch> watches = new CopyOnWriteArrayList<>();
    private volatile Optional<FailureKind> failure = Optional.empty();
    private long modSeq = 1;
    private long nextEmail = 1;

    FakeHouse() {
        for (var name : List.of(
                "INBOX", "Archive", "Drafts", "Junk", "Sent", "Trash", "lists/a", "lists/b/c", "Entwürfe & mehr")) {
            boxes.add(new Box(boxes.size() + 1, name));
        }
    }

    static Config config(Map<String, String> given) {
        var all = new HashMap<>(Map.of("data", "target/no-data", "hostname", "mail.example.org"));
        all.putAll(given);
        return Config.from(all, "test", Map.of(), new Properties());
    }

    /** Plain logins from loopback, no delays. */
    ImapProtocol protocol() {
        return protocol(Map.of("auth.allow-plaintext", "true", "limits.enabled", "false"));
    }

    ImapProtocol protocol(Map<String, String> given) {
        return new ImapProtocol(new Surroundings(
                config(given), this, this, this, new MemorySpool(), this, InstantSource.system(), pauses::add));
    }

    void fail(FailureKind kind) {
        failure = Optional.of(kind);
    }

    void recover() {
        failure = Optional.empty();
    }

    int watchers() {
        return watches.size();
    }

    static byte[] message(String subject) {
        return ("From: Bob <bob@example.net>\r\nTo: alice@example.org\r\nSubject: " + subject
                        + "\r\nX-Folded: one\r\n two\r\n\r\nHello Alice\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    void deliver(String box, String subject) {
        deliver(box, subject, message(subject));
    }

    void deliver(String box, String subject, byte[] bytes) {
        int header = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
        deliver(box, subject, bytes, bytes.length, header < 0 ? bytes.length : header + 4);
    }

    void deliver(String name, String subject, byte[] bytes, long size, int headerSize) {
        synchronized (this) {
            var box = box(name);
            long email = nextEmail++;
            var ref = new BlobRef(0, email, size);
            blobs.put(ref, bytes);
            structures.put(
                    email,
                    StoredStructure.of(org.merpati.lib.mime.Message.parse(bytes).root(), Integer.MAX_VALUE));
            box.modSeq = ++modSeq;
            box.messages.add(new Message(
                    new Uid(box.uidNext++),
                    new EmailId(email),
                    new ModSeq(modSeq),
                    false,
                    Set.of(),
                    RECEIVED,
                    Optional.of(RECEIVED),
                    size,
                    headerSize,
                    ref));
        }
        changed(new Change(ALICE, new ModSeq(modSeq), Set.of(Change.Kind.EMAIL)));
    }

    synchronized void damage(String name, long uid) {
        box(name).messages.stream()
                .filter(message -> message.uid().value() == uid)
                .forEach(message -> damaged.add(message.blob()));
    }

    private Box box(String name) {
        return boxes.stream().filter(box -> box.name.equals(name)).findFirst().orElseThrow();
    }

    private Box box(MailboxId id) {
        return boxes.stream().filter(box -> box.id.equals(id)).findFirst().orElseThrow();
    }

    @Override
    public <T> Outcome<T> call(Unit<T> unit) {
        if (failure.isPresent()) {
            return failure.get() == FailureKind.UNAVAILABLE
                    ? new Outcome.Unavailable<>()
                    : new Outcome.Failed<>(failure.get(), "4711");
        }
        return new Outcome.Done<>(unit.run(this));
    }

    @Override
    public <S> S get(Class<S> service) {
        return Partial.of(service, this);
    }

    public synchronized List<Mailbox> list(AccountId account) {
        return boxes.stream().map(this::row).toList();
    }

    public synchronized Optional<Mailbox> find(AccountId account, String name) {
        return boxes.stream()
                .filter(box -> box.name.equals(name) || (box.name.equals("INBOX") && name.equalsIgnoreCase("INBOX")))
                .findFirst()
                .map(this::row);
    }

    public synchronized Optional<Mailbox> find(AccountId account, MailboxId id) {
        return Optional.of(row(box(id)));
    }

    private Mailbox row(Box box) {
        long unseen = box.messages.stream()
                .filter(m -> !m.keywords().contains(Keyword.SEEN))
                .count();
        long size = box.messages.stream().mapToLong(Message::size).sum();
        return new Mailbox(
                box.id,
                box.name,
                "",
                0,
                new UidValidity(1000 + box.id.value()),
                new Uid(box.uidNext),
                box.messages.size(),
                unseen,
                0,
                size,
                new ModSeq(box.modSeq),
                true);
    }

    public synchronized Optional<Recent> claimRecent(AccountId account, MailboxId mailbox) {
        var box = box(mailbox);
        var taken = new Recent(new Uid(box.firstRecent), new Uid(box.uidNext));
        box.firstRecent = box.uidNext;
        return Optional.of(taken);
    }

    public synchronized void claimedRecent(AccountId account, MailboxId mailbox, Uid end) {
        var box = box(mailbox);
        box.firstRecent = Math.max(box.firstRecent, end.value());
    }

    public synchronized Optional<Uid> firstRecent(AccountId account, MailboxId mailbox) {
        return Optional.of(new Uid(box(mailbox).firstRecent));
    }

    public Optional<MailboxIndex> index(AccountId account, MailboxId mailbox, MailboxIndex held) {
        MailboxIndex index;
        synchronized (this) {
            var box = box(mailbox);
            index = MailboxIndex.empty()
                    .with(
                            new ModSeq(box.modSeq),
                            box.messages.stream()
                                    .map(m -> new IndexRow(
                                            m.uid().value(),
                                            m.email().value(),
                                            m.modSeq().value(),
                                            m.deleted(),
                                            m.email().value(),
                                            m.received().toEpochMilli(),
                                            m.size(),
                                            m.keywords()))
                                    .toList(),
                            List.of());
        }
        onChanged.run();
        return Optional.of(index);
    }

    public synchronized List<Message> page(AccountId account, MailboxId mailbox, Uid after, Uid last) {
        return box(mailbox).messages.stream()
                .filter(m -> m.uid().compareTo(after) > 0 && m.uid().compareTo(last) <= 0)
                .limit(Messages.PAGE)
                .toList();
    }

    public synchronized List<Messages.Described> described(AccountId account, MailboxId mailbox, Uid after, Uid last) {
        return page(account, mailbox, after, last).stream()
                .map(m -> new Messages.Described(m, contents(m.email())))
                .toList();
    }

    private Emails.Contents contents(EmailId email) {
        var structure =
                structuresStored ? structures.getOrDefault(email.value(), StoredStructure.NONE) : StoredStructure.NONE;
        return new Emails.Contents(email, structure, "");
    }

    public synchronized Map<EmailId, Emails.Contents> contents(AccountId account, List<EmailId> ids) {
        return ids.stream().collect(Collectors.toMap(id -> id, this::contents));
    }

    public Attempt<Messages.Changed> store(
            AccountId account,
            MailboxId mailbox,
            List<Uid> uids,
            Messages.FlagChange change,
            Optional<ModSeq> unchangedSince) {
        var result = new ArrayList<Messages.Flags>();
        synchronized (this) {
            var box = box(mailbox);
            modSeq++;
            for (int i = 0; i < box.messages.size(); i++) {
                var m = box.messages.get(i);
                var keywords = change.keywords().apply(m.keywords());
                if (uids.contains(m.uid()) && !m.keywords().equals(keywords)) {
                    m = new Message(
                            m.uid(),
                            m.email(),
                            new ModSeq(modSeq),
                            m.deleted(),
                            keywords,
                            m.received(),
                            m.saved(),
                            m.size(),
                            m.headerSize(),
                            m.blob());
                    box.messages.set(i, m);
                    box.modSeq = modSeq;
                    result.add(new Messages.Flags(m.uid(), m.modSeq(), m.deleted(), m.keywords()));
                }
            }
        }
        changed(new Change(ALICE, new ModSeq(modSeq), Set.of(Change.Kind.EMAIL)));
        return Attempt.made(new Messages.Changed(result, List.of()));
    }

    @Override
    public Blob append(Content content) {
        throw new UnsupportedOperationException("nothing appends here");
    }

    /** A blob whose size is greater than its bytes repeats the last one. */
    @Override
    public synchronized InputStream open(BlobRef ref, long from, long length) throws IOException {
        byte[] bytes = java.util.Objects.requireNonNull(blobs.get(ref));
        boolean broken = damaged.contains(ref);
        if (broken && length <= 65_536) {
            throw new IOException("checksum");
        }
        if (bytes.length == ref.size()) {
            return new ByteArrayInputStream(bytes, (int) from, (int) Math.min(length, bytes.length - from));
        }
        return new InputStream() {
            private long at = from;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int wanted) throws IOException {
                if (broken && at - from > 100_000) {
                    throw new IOException("checksum");
                }
                long end = Math.min(from + length, ref.size());
                int n = (int) Math.min(wanted, end - at);
                for (int i = 0; i < n; i++) {
                    into[offset + i] = bytes[(int) Math.min(at++, bytes.length - 1)];
                }
                return n <= 0 ? -1 : n;
            }
        };
    }

    @Override
    public Watch watch(AccountId account) {
        var watch = new FakeWatch();
        watches.add(watch);
        return watch;
    }

    @Override
    public void changed(Change change) {
        watches.forEach(watch -> watch.wake.run());
    }

    private final class FakeWatch implements Watch {
        volatile Runnable wake = () -> {};

        @Override
        public void onChange(Runnable wake) {
            this.wake = wake;
        }

        @Override
        public Optional<Change> take() {
            throw new UnsupportedOperationException("sessions ask the change log");
        }

        @Override
        public void close() {
            watches.remove(this);
        }
    }

    @Override
    public Outcome<Recipient> find(Door door, EmailAddress address) {
        throw new UnsupportedOperationException("nothing is delivered here");
    }

    @Override
    public Outcome<Boolean> mayUse(Door door, Principal.User user, EmailAddress sender) {
        throw new AssertionError("IMAP signs in with passwords");
    }

    @Override
    public Outcome<Optional<ScramVerifier>> scram(Door door, String login, ScramVerifier.Hash hash) {
        throw new AssertionError("IMAP signs in with passwords");
    }

    @Override
    public Outcome<SignIn> signedIn(Door door, String login) {
        throw new AssertionError("IMAP signs in with passwords");
    }

    @Override
    public boolean takesTokens() {
        return false;
    }

    @Override
    public Outcome<SignIn> signInWithToken(Door door, String login, Secret token) {
        throw new AssertionError("IMAP signs in with passwords");
    }

    @Override
    public Outcome<SignIn> signIn(Door door, String login, Secret password) {
        return door.call(services -> {
            boolean right = password.use(bytes -> new String(bytes, StandardCharsets.UTF_8).equals("secret"));
            if (right && login.equals("admin")) {
                return new SignIn.Accepted(new Principal.Administrator("admin"));
            }
            return right && login.equals("alice@example.org")
                    ? new SignIn.Accepted(new Principal.User(ALICE, new EmailAddress("alice", "example.org")))
                    : new SignIn.Refused();
        });
    }

    @Override
    public void forget(String login) {
        // nothing is remembered here
    }
}

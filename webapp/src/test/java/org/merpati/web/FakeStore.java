package org.merpati.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.merpati.core.api.blob.Blob;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.blob.BlobStore;
import org.merpati.core.api.blob.Content;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.DomainId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.ThreadId;
import org.merpati.core.api.mail.UploadId;
import org.merpati.core.api.watch.Change;
import org.merpati.core.store.Accounts;
import org.merpati.core.store.Attempt;
import org.merpati.core.store.Checks;
import org.merpati.core.store.Domains;
import org.merpati.core.store.Emails;
import org.merpati.core.store.Emails.Email;
import org.merpati.core.store.Emails.Found;
import org.merpati.core.store.Mailboxes;
import org.merpati.core.store.PushSubscriptions;
import org.merpati.core.store.Uploads;
import org.merpati.core.store.directory.PasswordHash;
import org.merpati.lib.mime.StoredStructure;

/** Domains and accounts in memory; one mail for ana (501) and one for bob (502). */
final class FakeStore implements Domains, Accounts, BlobStore {
    static final AccountId ANA = new AccountId(10);
    static final AccountId BOB = new AccountId(11);
    static final byte[] MAIL =
            "Subject: <script>alert(1)</script>\r\n\r\n\u00dcberall\r\n".getBytes(StandardCharsets.UTF_8);

    private static final Instant CREATED = Instant.parse("2026-11-21T00:00:00Z");

    private final TreeMap<String, Domain> domains = new TreeMap<>();
    private final TreeMap<String, Account> accounts = new TreeMap<>();
    private final TreeMap<String, PasswordHash> passwords = new TreeMap<>();
    private final List<byte[]> blobs = new ArrayList<>();
    private final List<Uploads.Upload> uploads = new ArrayList<>();
    private final AtomicLong modSeq = new AtomicLong(7);
    private volatile long delivered;
    private long nextAccount = 20;

    @Override
    public Optional<Domain> add(String name) {
        var domain = new Domain(new DomainId(domains.size() + 1), name, CREATED, 0, true, Optional.empty());
        return domains.putIfAbsent(name, domain) == null ? Optional.of(domain) : Optional.empty();
    }

    @Override
    public List<Domain> list(String after, int limit) {
        return domains.tailMap(after, false).values().stream().limit(limit).toList();
    }

    @Override
    public Optional<Domain> find(String name) {
        return Optional.ofNullable(domains.get(name));
    }

    @Override
    public Domains.Removal remove(String name) {
        if (accounts.values().stream().anyMatch(one -> one.address().domain().equals(name))) {
            return Domains.Removal.HAS_ACCOUNTS;
        }
        if (name.equals("aliases.example")) {
            return Domains.Removal.HAS_ADDRESSES;
        }
        return domains.remove(name) == null ? Domains.Removal.NO_SUCH_DOMAIN : Domains.Removal.REMOVED;
    }

    @Override
    public boolean setSubaddressing(String name, boolean on) {
        return domains.computeIfPresent(name, (key, old) -> new Domain(old.id(), name, CREATED, 0, on, old.catchAll()))
                != null;
    }

    @Override
    public CatchAll setCatchAll(String name, Optional<EmailAddress> address) {
        if (address.isPresent() && !accounts.containsKey(address.get().toString())) {
            return CatchAll.NO_SUCH_ADDRESS;
        }
        return domains.computeIfPresent(
                                name,
                                (key, old) -> new Domain(old.id(), name, CREATED, 0, old.subaddressing(), address))
                        == null
                ? CatchAll.NO_SUCH_DOMAIN
                : CatchAll.SET;
    }

    @Override
    public Addition add(EmailAddress address, String name, PasswordHash password) {
        if (!domains.containsKey(address.domain())) {
            return new Addition.NoSuchDomain();
        }
        if (accounts.containsKey(address.toString())) {
            return new Addition.Taken();
        }
        var account = new Account(new AccountId(nextAccount++), address, name, CREATED, new ModSeq(1));
        accounts.put(address.toString(), account);
        passwords.put(address.toString(), password);
        return new Addition.Added(account);
    }

    @Override
    public List<Account> list(String domain, String after, int limit) {
        return accounts.tailMap(after, false).values().stream()
                .filter(one -> domain.isEmpty() || one.address().domain().equals(domain))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Account> find(EmailAddress address) {
        return Optional.ofNullable(accounts.get(address.toString()));
    }

    @Override
    public Optional<Account> find(AccountId id) {
        return Optional.empty();
    }

    @Override
    public boolean setPassword(EmailAddress address, PasswordHash password) {
        return passwords.replace(address.toString(), password) != null;
    }

    @Override
    public Accounts.Removal remove(EmailAddress address) {
        if (domains.values().stream().anyMatch(domain -> domain.catchAll().equals(Optional.of(address)))) {
            return Accounts.Removal.IS_CATCH_ALL;
        }
        return accounts.remove(address.toString()) == null
                ? Accounts.Removal.NO_SUCH_ACCOUNT
                : Accounts.Removal.REMOVED;
    }

    PasswordHash passwordOf(String address) {
        return Optional.ofNullable(passwords.get(address)).orElseThrow();
    }

    @Override
    public Optional<PasswordHash> password(AccountId account) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<PasswordHash> administratorPassword(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean addFirstAdministrator(String name, PasswordHash password) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean hasAdministrator() {
        return true;
    }

    @Override
    public <T> T hold(AccountId account, Supplier<T> work) {
        return work.get();
    }

    public Found query(AccountId account, Optional<MailboxId> inMailbox, boolean ascending, long position, int limit) {
        return new Found(List.of(emailOf(account)), 1, new ModSeq(7));
    }

    public Emails.Page read(AccountId account, List<EmailId> ids, boolean contents) {
        var id = emailOf(account);
        var email = new Email(
                id,
                new ThreadId(id.value()),
                Set.of(new MailboxId(1)),
                Set.of(),
                CREATED,
                MAIL.length,
                new BlobRef(1, 0, MAIL.length));
        var seen = new Emails.Seen(email, new Emails.Contents(id, StoredStructure.NONE, ""));
        return new Emails.Page(ids.contains(id) ? List.of(seen) : List.of(), new ModSeq(7));
    }

    public List<Mailboxes.Mailbox> list(AccountId account) {
        return List.of();
    }

    public Attempt<Uploads.Upload> add(AccountId account, Blob blob, String type) {
        uploads.add(new Uploads.Upload(new UploadId(uploads.size()), type, blob.ref(), CREATED));
        return Attempt.made(uploads.getLast());
    }

    public Optional<Uploads.Upload> find(AccountId account, UploadId id) {
        return id.value() < uploads.size() ? Optional.of(uploads.get((int) id.value())) : Optional.empty();
    }

    private static EmailId emailOf(AccountId account) {
        return new EmailId(account.equals(ANA) ? 501 : 502);
    }

    public ModSeq state(AccountId account) {
        return new ModSeq(modSeq.get());
    }

    /** A server's secret. */
    public byte[] of(String name) {
        return new byte[32];
    }

    public List<PushSubscriptions.Subscription> verified(long after) {
        return List.of();
    }

    /** A change of the account's mail. */
    Change change(boolean delivery) {
        long now = modSeq.incrementAndGet();
        if (delivery) {
            delivered = now;
        }
        return new Change(
                ANA,
                new ModSeq(now),
                delivery ? Set.of(Change.Kind.EMAIL_DELIVERY, Change.Kind.EMAIL) : Set.of(Change.Kind.EMAIL));
    }

    public Optional<Emails.Changes> changes(AccountId account, ModSeq since, int limit) {
        return Optional.of(new Emails.Changes(
                delivered > since.value() ? List.of(new EmailId(1)) : List.of(),
                List.of(),
                List.of(),
                List.of(),
                new ModSeq(modSeq.get()),
                false));
    }

    public List<Checks.Named> accounts(AccountId after) {
        return List.of(new Checks.Named(ANA, "ana@example.org"));
    }

    public Checks.Emails emails(Checks.Named account, Checks.Place after, boolean repair) {
        return new Checks.Emails(3, List.of(), Optional.empty());
    }

    public List<Checks.Finding> account(Checks.Named account, boolean repair) {
        return List.of(new Checks.Finding(
                Checks.Kind.UID_NEXT, account.address(), "uid_next of INBOX", "more than 3", "3", repair));
    }

    public List<Checks.StoredBlob> blobs(long after) {
        return List.of(new Checks.StoredBlob(1, new BlobRef(1, 0, MAIL.length), "00", true));
    }

    public Optional<Checks.StoredBlob> blob(long id) {
        return Optional.of(blobs(0).getFirst());
    }

    public Optional<Checks.Named> owner(long blob) {
        return Optional.empty();
    }

    public List<Checks.Finding> indexes(Checks.Named account, boolean repair) {
        return List.of();
    }

    public long expiredUploads() {
        return 2;
    }

    public long removedAccounts() {
        return 3;
    }

    @Override
    public Blob append(Content content) throws IOException {
        try (var in = content.open()) {
            blobs.add(in.readAllBytes());
            return new Blob(new BlobRef(2, blobs.size() - 1, blobs.getLast().length), "");
        }
    }

    @Override
    public InputStream open(BlobRef ref, long from, long length) {
        var octets = ref.segment() == 1 ? MAIL : blobs.get((int) ref.offset());
        return new ByteArrayInputStream(octets, (int) from, (int) length);
    }
}

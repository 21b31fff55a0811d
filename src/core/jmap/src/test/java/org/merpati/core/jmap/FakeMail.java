package org.merpati.core.jmap;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.FailureKind;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.door.Unit;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.ThreadId;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.api.mail.UidValidity;
import org.merpati.core.store.Emails.Contents;
import org.merpati.core.store.Emails.Email;
import org.merpati.core.store.Emails.Found;
import org.merpati.core.store.Mailboxes.Mailbox;
import org.merpati.lib.mime.StoredStructure;

/** The mail of any number of accounts in memory, behind a door that counts and can fail. */
final class FakeMail implements Door, Services {
    private record Owned(AccountId account, Email email) {}

    private final List<Owned> emails = new ArrayList<>();
    private @Nullable FailureKind failure;
    private int calls;
    private long modSeq = 1;

    void add(long account, long id, long mailbox, String received) {
        emails.add(new Owned(
                new AccountId(account),
                new Email(
                        new EmailId(id),
                        new ThreadId(id),
                        Set.of(new MailboxId(mailbox)),
                        Set.of(Keyword.SEEN),
                        Instant.parse(received),
                        100 + id,
                        new BlobRef(1, id, 100 + id))));
        modSeq++;
    }

    void failWith(FailureKind kind) {
        failure = kind;
    }

    int calls() {
        return calls;
    }

    @Override
    public <T> Outcome<T> call(Unit<T> unit) {
        calls++;
        return failure == null ? new Outcome.Done<>(unit.run(this)) : new Outcome.Failed<>(failure, "f7");
    }

    @Override
    public <S> S get(Class<S> service) {
        return Partial.of(service, this);
    }

    public Found query(AccountId account, Optional<MailboxId> inMailbox, boolean ascending, long position, int limit) {
        var order = Comparator.<Email, Instant>comparing(Email::received).thenComparing(Email::id);
        var all = emails.stream()
                .filter(one -> one.account().equals(account))
                .map(Owned::email)
                .filter(email -> inMailbox.isEmpty() || email.mailboxes().contains(inMailbox.get()))
                .sorted(ascending ? order : order.reversed())
                .map(Email::id)
                .toList();
        long first = position < 0 ? Math.max(0, all.size() + position) : position;
        return new Found(all.stream().skip(first).limit(limit).toList(), all.size(), new ModSeq(modSeq));
    }

    public List<Email> get(AccountId account, List<EmailId> ids) {
        return emails.stream()
                .filter(one -> one.account().equals(account)
                        && ids.contains(one.email().id()))
                .map(Owned::email)
                .toList();
    }

    public List<Contents> contents(AccountId account, List<EmailId> ids) {
        return get(account, ids).stream()
                .map(email -> new Contents(email.id(), StoredStructure.NONE, ""))
                .toList();
    }

    public ModSeq state(AccountId account) {
        return new ModSeq(modSeq);
    }

    public List<Mailbox> list(AccountId account) {
        return List.of(mailbox(1, "INBOX", "inbox"), mailbox(2, "Lists/Java", ""));
    }

    private static Mailbox mailbox(long id, String name, String role) {
        return new Mailbox(
                new MailboxId(id), name, role, 0, new UidValidity(1), new Uid(9), 8, 3, 0, 800, new ModSeq(1), true);
    }
}

package org.merpati.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.Uid;

/** Clients that know an account only by its change log: a JMAP one, and an IMAP one with QRESYNC for each mailbox. */
final class Replica {
    record Mail(Set<MailboxId> mailboxes, Set<Keyword> keywords) {}

    record Flags(EmailId email, boolean deleted, Set<Keyword> keywords) {}

    private static final class Folder {
        ModSeq modSeq = new ModSeq(0);
        final TreeMap<Uid, Flags> messages = new TreeMap<>();
    }

    final Map<EmailId, Mail> emails = new HashMap<>();
    final Map<MailboxId, String> names = new HashMap<>();
    private final Map<MailboxId, Folder> folders = new HashMap<>();
    private final StoreUnderTest store;
    private final AccountId account;
    private ModSeq emailState = new ModSeq(0);
    private ModSeq mailboxState = new ModSeq(0);

    Replica(StoreUnderTest store, AccountId account) {
        this.store = store;
        this.account = account;
    }

    void catchUp(Random random) {
        catchUpOnEmails(1 + random.nextInt(60));
        catchUpOnMailboxes();
        folders.keySet().retainAll(names.keySet());
        names.keySet().forEach(id -> catchUpOn(id, folders.computeIfAbsent(id, any -> new Folder())));
    }

    Map<Uid, Flags> folder(MailboxId id) {
        return Objects.requireNonNull(folders.get(id)).messages;
    }

    private void catchUpOnEmails(int limit) {
        boolean more = true;
        while (more) {
            var since = emailState;
            var changes = store.unit(services -> services.get(Emails.class).changes(account, since, limit))
                    .orElseThrow();
            assertThat(changes.created()).noneMatch(emails::containsKey);
            assertThat(changes.updated()).allMatch(emails::containsKey);
            changes.destroyed().forEach(emails::remove);
            var wanted = new ArrayList<>(changes.created());
            wanted.addAll(changes.updated());
            var got = store.unit(services -> services.get(Emails.class).get(account, wanted));
            assertThat(got).hasSize(wanted.size());
            got.forEach(email -> emails.put(email.id(), new Mail(email.mailboxes(), email.keywords())));
            if (changes.more()) {
                assertThat(changes.state()).isGreaterThan(since);
            } else {
                assertThat(changes.state())
                        .isEqualTo(store.unit(
                                services -> services.get(Emails.class).state(account)));
            }
            emailState = changes.state();
            more = changes.more();
        }
    }

    private void catchUpOnMailboxes() {
        var since = mailboxState;
        var changes = store.unit(services -> services.get(Mailboxes.class).changes(account, since))
                .orElseThrow();
        assertThat(changes.created()).noneMatch(names::containsKey);
        assertThat(changes.updated()).allMatch(names::containsKey);
        assertThat(changes.destroyed()).allMatch(names::containsKey);
        changes.destroyed().forEach(names::remove);
        var before = new HashMap<>(names);
        for (var ids : List.of(changes.created(), changes.updated())) {
            ids.forEach(id -> names.put(
                    id,
                    store.unit(services -> services.get(Mailboxes.class).find(account, id))
                            .orElseThrow()
                            .name()));
        }
        if (changes.onlyCounts()) {
            changes.updated().forEach(id -> assertThat(names.get(id)).isEqualTo(before.get(id)));
        }
        mailboxState = changes.state();
    }

    private void catchUpOn(MailboxId id, Folder folder) {
        var state = store.unit(services -> services.get(Mailboxes.class).find(account, id))
                .orElseThrow()
                .modSeq();
        var since = folder.modSeq;
        if (!folder.messages.isEmpty()) {
            var gone = store.unit(services ->
                            services.get(Messages.class).vanished(account, id, since, folder.messages.lastKey()))
                    .orElseThrow();
            gone.forEach(folder.messages::remove);
        }
        var index = store.via(Messages.class).index(account, id).orElseThrow();
        ChangedRows.since(index, since)
                .forEach(row -> folder.messages.put(
                        new Uid(row.uid()), new Flags(new EmailId(row.email()), row.deleted(), row.keywords())));
        folder.modSeq = state;
    }
}

package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.watch.Change;
import org.merpati.core.store.Attempt;
import org.merpati.core.store.Attempt.Refusal;
import org.merpati.core.store.Mailboxes;
import org.merpati.core.store.Mailboxes.Creation;
import org.merpati.core.store.Mailboxes.Update;
import org.merpati.core.store.Messages;

/**
 * Makes, changes and removes mailboxes (RFC 9051 §6.3.4 to §6.3.6, RFC 8621 §2.5). Since every mailbox has its parents, a name
 * that no mailbox has is also above none.
 */
@ApplicationScoped
public class MailboxTree {
    @PersistenceContext(unitName = "merpati")
    EntityManager db;

    @Inject
    Sql sql;

    @Inject
    AccountChanges changes;

    @Inject
    Expunging expunging;

    @Inject
    Subscriptions subscriptions;

    Attempt<MailboxId> create(AccountId account, Creation creation) {
        var name = MailboxNames.normal(creation.name());
        if (name.isEmpty()) {
            return Attempt.refused(Refusal.BAD_NAME);
        }
        if (!MailboxNames.knowsRole(creation.role())) {
            return Attempt.refused(Refusal.BAD_ROLE);
        }
        var modSeq = changes.begin(account);
        if (modSeq.isEmpty()) {
            return Attempt.refused(Refusal.NO_SUCH_ACCOUNT);
        }
        var names = new ArrayList<>(MailboxNames.parents(name.get()));
        names.add(name.get());
        names.removeAll(existing(account, names));
        if (!names.contains(name.get())) {
            return Attempt.refused(Refusal.NAME_TAKEN);
        }
        if (!creation.role().isEmpty() && roleTaken(account, creation.role(), -1)) {
            return Attempt.refused(Refusal.ROLE_TAKEN);
        }
        if (!room(account, names.size())) {
            return Attempt.refused(Refusal.TOO_MANY_MAILBOXES);
        }
        var made = insert(account, names, modSeq.get()).getLast();
        made.role = creation.role();
        made.sortOrder = creation.sortOrder();
        made.subscribed = creation.subscribed();
        subscriptions.adopt(account);
        changes.record(account, modSeq.get(), Set.of(Change.Kind.MAILBOX));
        return Attempt.made(new MailboxId(made.id));
    }

    /** Refusals in the order of {@link Refusal}; the mailbox is changed when there is none. */
    Attempt<MailboxId> update(AccountId account, MailboxId id, Update update) {
        var modSeq = changes.begin(account);
        if (modSeq.isEmpty()) {
            return Attempt.refused(Refusal.NO_SUCH_ACCOUNT);
        }
        var mailbox = db.find(MailboxEntity.class, id.value());
        if (mailbox == null || mailbox.accountId != account.value()) {
            return Attempt.refused(Refusal.NO_SUCH_MAILBOX);
        }
        var name = update.name().isEmpty()
                ? Optional.of(mailbox.name)
                : MailboxNames.normal(update.name().get());
        if (name.isEmpty()) {
            return Attempt.refused(Refusal.BAD_NAME);
        }
        boolean renamed = !name.get().equals(mailbox.name);
        var parents = new ArrayList<String>();
        if (renamed) {
            parents.addAll(MailboxNames.parents(name.get()));
            var existing = existing(account, List.of(name.get()));
            existing.addAll(existing(account, parents));
            var refusal = refusal(account, mailbox, name.get(), existing);
            if (refusal.isPresent()) {
                return Attempt.refused(refusal.get());
            }
            parents.removeAll(existing);
        }
        var role = update.role().orElse(mailbox.role);
        if (!role.equals(mailbox.role)) {
            if (!MailboxNames.knowsRole(role) || mailbox.name.equals(MailboxNames.INBOX)) {
                return Attempt.refused(Refusal.BAD_ROLE); // INBOX is always the inbox
            }
            if (!role.isEmpty() && roleTaken(account, role, mailbox.id)) {
                return Attempt.refused(Refusal.ROLE_TAKEN);
            }
        }
        if (!room(account, parents.size())) {
            return Attempt.refused(Refusal.TOO_MANY_MAILBOXES);
        }
        int order = update.sortOrder().orElse(mailbox.sortOrder);
        boolean subscribed = update.subscribed().orElse(mailbox.subscribed);
        if (!renamed && role.equals(mailbox.role) && order == mailbox.sortOrder && subscribed == mailbox.subscribed) {
            return Attempt.made(id);
        }
        mailbox.role = role;
        mailbox.sortOrder = order;
        mailbox.subscribed = subscribed;
        mailbox.modseq = modSeq.get().value();
        mailbox.changedModseq = modSeq.get().value();
        if (renamed) {
            insert(account, parents, modSeq.get());
            rename(mailbox, name.get(), modSeq.get());
            db.flush();
            db.clear(); // its children have other names than entities of this transaction say
        }
        changes.record(account, modSeq.get(), Set.of(Change.Kind.MAILBOX));
        return Attempt.made(id);
    }

    /** Removes at most {@link Messages#BULK} messages, and the mailbox when there are no others. */
    Attempt<Boolean> remove(AccountId account, MailboxId id, boolean withMessages) {
        var modSeq = changes.begin(account);
        if (modSeq.isEmpty()) {
            return Attempt.refused(Refusal.NO_SUCH_ACCOUNT);
        }
        var mailbox = db.find(MailboxEntity.class, id.value());
        if (mailbox == null || mailbox.accountId != account.value()) {
            return Attempt.refused(Refusal.NO_SUCH_MAILBOX);
        }
        if (mailbox.name.equals(MailboxNames.INBOX)) {
            return Attempt.refused(Refusal.IS_INBOX);
        }
        if (!below(account, mailbox.name).isEmpty()) {
            return Attempt.refused(Refusal.HAS_CHILDREN);
        }
        if (mailbox.messages > 0 && !withMessages) {
            return Attempt.refused(Refusal.HAS_MESSAGES);
        }
        boolean whole = mailbox.messages <= Messages.BULK;
        expunging.empty(account, id, modSeq.get());
        if (whole) {
            destroy(account, mailbox, modSeq.get());
        }
        changes.record(account, modSeq.get(), Set.of(Change.Kind.MAILBOX, Change.Kind.EMAIL, Change.Kind.THREAD));
        return Attempt.made(whole);
    }

    private Optional<Refusal> refusal(AccountId account, MailboxEntity mailbox, String name, Set<String> existing) {
        if (mailbox.name.equals(MailboxNames.INBOX)) {
            return Optional.of(Refusal.IS_INBOX);
        }
        if (name.startsWith(mailbox.name + "/")) {
            return Optional.of(Refusal.BELOW_ITSELF);
        }
        if (existing.contains(name)) {
            return Optional.of(Refusal.NAME_TAKEN);
        }
        int longer = name.length() - mailbox.name.length();
        return below(account, mailbox.name).stream().anyMatch(child -> child.length() + longer > Mailboxes.LONGEST_NAME)
                ? Optional.of(Refusal.BAD_NAME)
                : Optional.empty();
    }

    private void rename(MailboxEntity mailbox, String name, ModSeq modSeq) {
        sql.update(
                "update mailbox set name = cast(? as varchar) || substring(name, char_length(cast(? as varchar)) + 1),"
                        + " modseq = ?, changed_modseq = ? where account_id = ? and name like ? escape '!'",
                name,
                mailbox.name,
                modSeq.value(),
                modSeq.value(),
                mailbox.accountId,
                MailboxNames.below(mailbox.name));
        mailbox.name = name;
        subscriptions.adopt(new AccountId(mailbox.accountId));
    }

    private List<MailboxEntity> insert(AccountId account, List<String> names, ModSeq modSeq) {
        if (names.isEmpty()) {
            return List.of();
        }
        sql.update(
                "update account set uid_validity_next = uid_validity_next + ? where id = ?",
                (long) names.size(),
                account.value());
        long validity =
                sql.select(row -> row.getLong(1), "select uid_validity_next from account where id = ?", account.value())
                                .getFirst()
                        - names.size();
        var made = new ArrayList<MailboxEntity>();
        for (var name : names) {
            var mailbox = new MailboxEntity();
            mailbox.accountId = account.value();
            mailbox.name = name;
            mailbox.role = "";
            mailbox.uidValidity = validity++;
            mailbox.uidNext = 1;
            mailbox.firstRecent = 1;
            mailbox.modseq = modSeq.value();
            mailbox.createdModseq = modSeq.value();
            mailbox.changedModseq = modSeq.value();
            db.persist(mailbox);
            made.add(mailbox);
        }
        return made;
    }

    private void destroy(AccountId account, MailboxEntity mailbox, ModSeq modSeq) {
        if (mailbox.subscribed) {
            subscriptions.keep(account, mailbox.name);
        }
        sql.update("delete from expunged where mailbox_id = ?", mailbox.id);
        sql.update("delete from annotation where mailbox_id = ?", mailbox.id);
        sql.update(
                "insert into destroyed (account_id, kind, id, thread_id, created_modseq, modseq)"
                        + " values (?, 'mailbox', ?, 0, ?, ?)",
                account.value(),
                mailbox.id,
                mailbox.createdModseq,
                modSeq.value());
        sql.update("delete from mailbox where id = ?", mailbox.id);
    }

    private Set<String> existing(AccountId account, List<String> names) {
        if (names.isEmpty()) {
            return new HashSet<>();
        }
        return new HashSet<>(db.createQuery(
                        "select m.name from Mailbox m where m.accountId = :account and m.name in :names", String.class)
                .setParameter("account", account.value())
                .setParameter("names", names)
                .getResultList());
    }

    private List<String> below(AccountId account, String name) {
        return sql.select(
                row -> row.getString(1),
                "select name from mailbox where account_id = ? and name like ? escape '!'",
                account.value(),
                MailboxNames.below(name));
    }

    private boolean roleTaken(AccountId account, String role, long but) {
        return !sql.select(
                        row -> row.getLong(1),
                        "select id from mailbox where account_id = ? and role = ? and id <> ?",
                        account.value(),
                        role,
                        but)
                .isEmpty();
    }

    private boolean room(AccountId account, int more) {
        return more == 0
                || sql.select(
                                                row -> row.getLong(1),
                                                "select count(*) from mailbox where account_id = ?",
                                                account.value())
                                        .getFirst()
                                + more
                        <= Mailboxes.MOST;
    }
}

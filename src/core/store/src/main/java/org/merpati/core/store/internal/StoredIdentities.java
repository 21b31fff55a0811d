package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.api.mail.IdentityId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.watch.Change;
import org.merpati.core.store.Attempt;
import org.merpati.core.store.Attempt.Refusal;
import org.merpati.core.store.Changes;
import org.merpati.core.store.Identities;

/** An identity's number is the modseq that it was made at: one is made in a transaction. */
@ApplicationScoped
@Transactional
public class StoredIdentities implements Identities {
    private static final String COLUMNS = "id, email, name, reply_to, bcc, text_signature, html_signature";

    @Inject
    Sql sql;

    @Inject
    AccountChanges changes;

    @Inject
    ChangeLog log;

    @Inject
    Tombstones tombstones;

    private record Owner(EmailAddress address, String name, ModSeq state) {}

    @Override
    public Listed list(AccountId account) {
        return owner(account)
                .map(owner -> new Listed(identities(account, owner), owner.state()))
                .orElseGet(() -> new Listed(List.of(), new ModSeq(0)));
    }

    private Optional<Owner> owner(AccountId account) {
        return sql
                .select(
                        row -> new Owner(address(row.getString(1)), row.getString(2), new ModSeq(row.getLong(3))),
                        "select address, name, modseq from account where id = ? and removed is null",
                        account.value())
                .stream()
                .findFirst();
    }

    private List<Identity> identities(AccountId account, Owner owner) {
        var all = new ArrayList<>(sql.select(
                row -> identity(row, owner),
                "select " + COLUMNS + " from sender_identity where account_id = ? order by account_id, id",
                account.value()));
        if (all.isEmpty() || !all.getFirst().isOwn()) {
            var settings = new Settings(owner.name(), Optional.empty(), Optional.empty(), "", "");
            all.addFirst(new Identity(IdentityId.OWN, owner.address(), settings));
        }
        return all;
    }

    private static Identity identity(ResultSet row, Owner owner) throws SQLException {
        var email = row.getString(2);
        return new Identity(
                new IdentityId(row.getLong(1)),
                email.isEmpty() ? owner.address() : address(email),
                new Settings(
                        row.getString(3),
                        Optional.ofNullable(row.getString(4)),
                        Optional.ofNullable(row.getString(5)),
                        row.getString(6),
                        row.getString(7)));
    }

    private static EmailAddress address(String text) {
        return EmailAddress.parse(text).orElseThrow();
    }

    @Override
    public Attempt<Identity> create(AccountId account, EmailAddress email, Settings settings) {
        var modSeq = changes.begin(account);
        if (modSeq.isEmpty()) {
            return Attempt.refused(Refusal.NO_SUCH_ACCOUNT);
        }
        if (list(account).identities().size() >= MOST) {
            return Attempt.refused(Refusal.OVER_QUOTA);
        }
        var id = new IdentityId(modSeq.get().value());
        insert(account, id, email.toString(), settings, modSeq.get());
        record(account, modSeq.get());
        return Attempt.made(new Identity(id, email, settings));
    }

    @Override
    public boolean update(AccountId account, IdentityId id, Settings settings) {
        var modSeq = changes.begin(account);
        if (modSeq.isEmpty()) {
            return false;
        }
        int there = sql.update(
                "update sender_identity set name = ?, reply_to = ?, bcc = ?, text_signature = ?,"
                        + " html_signature = ?, modseq = ? where account_id = ? and id = ?",
                settings.name(),
                settings.replyTo(),
                settings.bcc(),
                settings.textSignature(),
                settings.htmlSignature(),
                modSeq.get().value(),
                account.value(),
                id.value());
        if (there == 0 && !id.equals(IdentityId.OWN)) {
            return false;
        }
        if (there == 0) {
            insert(account, id, "", settings, modSeq.get());
        }
        record(account, modSeq.get());
        return true;
    }

    @Override
    public boolean destroy(AccountId account, IdentityId id) {
        var modSeq = id.equals(IdentityId.OWN) ? Optional.<ModSeq>empty() : changes.begin(account);
        boolean gone = modSeq.isPresent()
                && sql.update(
                                "delete from sender_identity where account_id = ? and id = ?",
                                account.value(),
                                id.value())
                        == 1;
        if (gone) {
            tombstones.add(account, ChangeLog.Log.IDENTITIES, List.of(id.value()), modSeq.get());
            record(account, modSeq.get());
        }
        return gone;
    }

    @Override
    public Optional<Changes<IdentityId>> changes(AccountId account, ModSeq since, int limit) {
        return log.of(ChangeLog.Log.IDENTITIES, account, since, limit, IdentityId::new);
    }

    private void insert(AccountId account, IdentityId id, String email, Settings settings, ModSeq modSeq) {
        sql.update(
                "insert into sender_identity (account_id, " + COLUMNS + ", modseq)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                account.value(),
                id.value(),
                email,
                settings.name(),
                settings.replyTo(),
                settings.bcc(),
                settings.textSignature(),
                settings.htmlSignature(),
                modSeq.value());
    }

    private void record(AccountId account, ModSeq modSeq) {
        changes.record(account, modSeq, Set.of(Change.Kind.IDENTITY));
    }
}

package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.watch.Change;
import org.merpati.core.store.Checks;
import org.merpati.core.store.PlatformHolder;

@ApplicationScoped
@Transactional
public class StoredChecks implements Checks {
    private static final String INBOX = "INBOX";
    private static final String RECOVERED = "Recovered";
    private static final String LIMIT = " fetch first " + PAGE + " rows only";
    private static final String BLOB = """
            select b.id, b.segment, b.segment_offset, b.size, b.sha256,
                case when exists (select 1 from email e where e.blob_id = b.id)
                    or exists (select 1 from upload u where u.blob_id = b.id)
                    or exists (select 1 from submission s where s.blob_id = b.id) then true else false end
            from blob b where b.id\s""";

    @PersistenceContext(unitName = "merpati")
    EntityManager db;

    @Inject
    AccountLock locks;

    @Inject
    AccountNews news;

    @Inject
    IndexCache indexes;

    @Inject
    PlatformHolder server;

    @Override
    public List<Named> accounts(AccountId after) {
        return sql()
                .rows(
                        "select id, address from account where id > ? and removed is null order by id" + LIMIT,
                        after.value())
                .stream()
                .map(row -> new Named(new AccountId(row.number(0)), row.text(1)))
                .toList();
    }

    @Override
    public Emails emails(Named account, Place after, boolean repair) {
        var rules = new EmailRules(sql(), account.id().value(), after);
        var looking = CheckRound.looking(sql(), account);
        var page = rules.run(looking);
        return new Emails(page.emails(), repaired(account, looking, repair, rules::run), page.next());
    }

    @Override
    public List<Finding> account(Named account, boolean repair) {
        var looking = CheckRound.looking(sql(), account);
        rules(looking);
        return repaired(account, looking, repair, this::rules);
    }

    @Override
    @Transactional(Transactional.TxType.SUPPORTS) // it is read in transactions of its own
    public List<Finding> indexes(Named account, boolean repair) {
        return indexes.differences(account.id()).stream()
                .map(one -> {
                    if (repair) {
                        indexes.forget(one.mailbox());
                    }
                    return new Finding(
                            Kind.INDEX,
                            account.address(),
                            "index of " + one.name(),
                            one.expected(),
                            one.found(),
                            repair);
                })
                .toList();
    }

    @Override
    public List<StoredBlob> blobs(long after) {
        return sql().rows(BLOB + "> ? order by b.id" + LIMIT, after).stream()
                .map(StoredChecks::blob)
                .toList();
    }

    @Override
    public Optional<StoredBlob> blob(long id) {
        return sql().rows(BLOB + "= ?", id).stream().map(StoredChecks::blob).findFirst();
    }

    @Override
    public Optional<Named> owner(long blob) {
        return sql()
                .rows(
                        "select a.id, a.address from email e join account a on a.id = e.account_id where e.blob_id = ?"
                                + " order by a.id fetch first 1 rows only",
                        blob)
                .stream()
                .map(row -> new Named(new AccountId(row.number(0)), row.text(1)))
                .findFirst();
    }

    @Override
    public long expiredUploads() {
        return sql().rows(
                        "select count(*) from upload where expires < ?",
                        server.platform().clock().millis())
                .getFirst()
                .number(0);
    }

    @Override
    public long removedAccounts() {
        return sql().rows("select count(*) from account where removed >= 0")
                .getFirst()
                .number(0);
    }

    /** What was found; found and repaired again under the account's lock when there is anything and that is wanted. */
    private List<Finding> repaired(Named account, CheckRound looked, boolean repair, Consumer<CheckRound> rules) {
        if (looked.findings().isEmpty() || isRemoved(account)) {
            return List.of(); // it goes in parts, and not by all the rules
        }
        if (!repair) {
            return looked.findings();
        }
        var modSeq = locks.lock(account.id());
        if (modSeq.isEmpty()) {
            return List.of(); // the account is gone, and what was wrong with it
        }
        // first of all, so that what is repaired changes at a modseq that nobody has seen
        var raising = CheckRound.repairing(sql(), account, modSeq.get().value());
        new CounterRules(raising).accountModSeq();
        var changed = raising.findings().isEmpty()
                ? modSeq.get()
                : locks.lock(account.id()).orElseThrow();
        var repairing = CheckRound.repairing(sql(), account, changed.value());
        rules.accept(repairing);
        news.tell(account.id(), changed, Change.Kind.ofData());
        return Stream.concat(raising.findings().stream(), repairing.findings().stream())
                .toList();
    }

    private boolean isRemoved(Named account) {
        return sql().rows(
                        "select 1 from account where id = ? and removed is null",
                        account.id().value())
                .isEmpty();
    }

    private void rules(CheckRound round) {
        if (!round.sql
                .rows(
                        "select 1 from account a where a.id = ? and not exists"
                                + " (select 1 from mailbox b where b.account_id = a.id and b.name = ?)",
                        round.account,
                        INBOX)
                .isEmpty()) {
            round.report(Kind.NO_INBOX, INBOX, "there", "not there", () -> make(round, INBOX, "inbox"));
        }
        new StructureRules(
                        round, () -> recovered(round), server.platform().clock().millis())
                .run();
        new CounterRules(round).run();
    }

    private long recovered(CheckRound round) {
        var found =
                round.sql.rows("select id from mailbox where account_id = ? and name = ?", round.account, RECOVERED);
        return found.isEmpty() ? make(round, RECOVERED, "") : found.getFirst().number(0);
    }

    private long make(CheckRound round, String name, String role) {
        var mailbox = new MailboxEntity();
        mailbox.accountId = round.account;
        mailbox.name = name;
        mailbox.role = role;
        mailbox.uidValidity = round.sql
                .rows("select uid_validity_next from account where id = ?", round.account)
                .getFirst()
                .number(0);
        mailbox.uidNext = 1;
        mailbox.firstRecent = 1;
        mailbox.modseq = round.modSeq();
        mailbox.createdModseq = round.modSeq();
        mailbox.changedModseq = round.modSeq();
        mailbox.subscribed = true;
        db.persist(mailbox);
        db.flush();
        round.sql.change("update account set uid_validity_next = uid_validity_next + 1 where id = ?", round.account);
        return mailbox.id;
    }

    private static StoredBlob blob(Statements.Row row) {
        return new StoredBlob(
                row.number(0), new BlobRef(row.number(1), row.number(2), row.number(3)), row.text(4), row.flag(5));
    }

    private Statements sql() {
        return new Statements(db);
    }
}

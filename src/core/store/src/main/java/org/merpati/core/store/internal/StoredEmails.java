package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.ThreadId;
import org.merpati.core.store.Attempt;
import org.merpati.core.store.Emails;
import org.merpati.core.store.NewEmail;
import org.merpati.core.store.index.ByReceived;
import org.merpati.core.store.index.MailboxIndex;

@ApplicationScoped
@Transactional
public class StoredEmails implements Emails {

    @Inject
    EmailUpdates updates;

    @Inject
    Expunging expunging;

    @Inject
    NewEmails added;

    @Inject
    ChangeLog log;

    @Inject
    EmailSearch search;

    @Inject
    IndexCache indexes;

    @Inject
    IndexReader reader;

    @Inject
    ContentsCache cache;

    @Inject
    Sql sql;

    /** Reads the index, which has transactions of its own: so none is begun here. */
    @Override
    @Transactional(Transactional.TxType.SUPPORTS)
    public Found query(AccountId account, Optional<MailboxId> inMailbox, boolean ascending, long position, int limit) {
        var state = search.state(account); // first: what changes meanwhile is in the changes since
        int most = Math.min(limit, PAGE);
        var index = inMailbox.flatMap(mailbox -> indexes.get(account, mailbox));
        long total = index.map(found -> (long) found.size()).orElseGet(() -> search.total(account, inMailbox));
        long first = position < 0 ? Math.max(0, total + position) : position;
        if (first >= total) {
            return new Found(List.of(), total, state);
        }
        var ids = index.map(found -> ByReceived.page(found, ascending, Math.toIntExact(first), most).stream()
                        .map(EmailId::new)
                        .toList())
                .orElseGet(() -> search.page(account, inMailbox, ascending, first, most));
        return new Found(ids, total, state);
    }

    @Override
    public List<Email> get(AccountId account, List<EmailId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var wanted = Memberships.array(ids.stream().map(EmailId::value).toList());
        var mailboxes = mailboxes(wanted, "");
        return sql.select(row -> row(row, false), READ + AMONG, wanted, account.value()).stream()
                .map(row ->
                        in(row.email(), mailboxes.getOrDefault(row.email().id().value(), Set.of())))
                .toList();
    }

    private static final String READ =
            "select e.id, e.thread_id, e.keywords, e.received, e.size, b.segment, b.segment_offset, b.size, a.modseq";
    private static final String AMONG = " from " + Sql.IDS + " left join email e on e.id = n.id"
            + " join blob b on b.id = e.blob_id join account a on a.id = e.account_id where e.account_id = ?";

    private record Row(Email email, Contents contents, ModSeq state) {}

    @Override
    public Page read(AccountId account, List<EmailId> ids, boolean contents) {
        if (bounded(ids).isEmpty()) {
            return new Page(List.of(), search.state(account));
        }
        var wanted = Memberships.array(ids.stream().map(EmailId::value).toList());
        var known = contents ? cache.known(account, ids) : Map.<EmailId, Contents>of();
        boolean reads = contents && known.size() < wanted.length;
        var rows = sql.select(
                row -> row(row, reads),
                READ + (reads ? ", b.structure, b.preview" : "") + AMONG,
                wanted,
                account.value());
        if (rows.isEmpty()) {
            return new Page(List.of(), search.state(account));
        }
        if (reads) {
            cache.put(account, rows.stream().map(Row::contents).toList());
        }
        var mailboxes = mailboxes(wanted, " and not m.deleted");
        var seen = new ArrayList<Seen>(rows.size());
        for (var row : rows) {
            var id = row.email().id();
            var in = mailboxes.get(id.value());
            if (in != null) {
                seen.add(new Seen(in(row.email(), in), known.getOrDefault(id, row.contents())));
            }
        }
        return new Page(seen, rows.getFirst().state());
    }

    /** What is not in memory is read in a transaction of its own: none is begun here. */
    @Override
    @Transactional(Transactional.TxType.SUPPORTS)
    public Map<EmailId, Contents> contents(AccountId account, List<EmailId> ids) {
        return cache.get(account, bounded(ids));
    }

    /** The mailboxes of each email that has a place that the condition is true of. */
    private Map<Long, Set<MailboxId>> mailboxes(long[] emails, String condition) {
        Map<Long, Set<MailboxId>> mailboxes = new HashMap<>();
        sql.select(
                row -> mailboxes
                        .computeIfAbsent(row.getLong(1), id -> new TreeSet<>())
                        .add(new MailboxId(row.getLong(2))),
                "select m.email_id, m.mailbox_id from " + Sql.IDS
                        + " left join mailbox_email m on m.email_id = n.id where m.email_id is not null" + condition,
                emails);
        return mailboxes;
    }

    private static Row row(ResultSet row, boolean contents) throws SQLException {
        var id = new EmailId(row.getLong(1));
        return new Row(
                new Email(
                        id,
                        new ThreadId(row.getLong(2)),
                        Set.of(),
                        Keywords.read(row.getString(3)),
                        Instant.ofEpochMilli(row.getLong(4)),
                        row.getLong(5),
                        new BlobRef(row.getLong(6), row.getLong(7), row.getLong(8))),
                EmailContents.of(id, contents ? row.getBytes(10) : null, contents ? row.getString(11) : null),
                new ModSeq(row.getLong(9)));
    }

    private static Email in(Email email, Set<MailboxId> mailboxes) {
        return new Email(
                email.id(), email.thread(), mailboxes, email.keywords(), email.received(), email.size(), email.blob());
    }

    /** Reads the indexes, which have transactions of their own: so none is begun here. */
    @Override
    @Transactional(Transactional.TxType.SUPPORTS)
    public Indexes indexes(AccountId account) {
        var state = search.state(account); // first: what changes meanwhile is in the changes since
        var all = new HashMap<MailboxId, MailboxIndex>();
        for (var mailbox : reader.mailboxes(account).keySet()) {
            indexes.get(account, mailbox)
                    .or(() -> indexes.get(account, mailbox, MailboxIndex.empty()))
                    .ifPresent(index -> all.put(mailbox, index));
        }
        return new Indexes(all, state);
    }

    @Override
    public ModSeq state(AccountId account) {
        return search.state(account);
    }

    @Override
    public Optional<Changes> changes(AccountId account, ModSeq since, int limit) {
        return log.emails(account, since, limit);
    }

    @Override
    public Map<EmailId, Attempt<ModSeq>> update(AccountId account, List<Update> list) {
        return updates.update(account, bounded(list));
    }

    @Override
    public List<EmailId> destroy(AccountId account, List<EmailId> ids) {
        return expunging.destroy(account, bounded(ids));
    }

    @Override
    public Attempt<Email> add(AccountId account, NewEmail email, Set<MailboxId> mailboxes) {
        return found(account, added.add(account, email, mailboxes));
    }

    @Override
    public Attempt<Email> copy(
            AccountId from,
            EmailId email,
            AccountId to,
            Set<MailboxId> mailboxes,
            Set<Keyword> keywords,
            Optional<Instant> received) {
        return found(to, added.copy(from, email, to, mailboxes, keywords, received));
    }

    private Attempt<Email> found(AccountId account, Attempt<EmailId> attempt) {
        return switch (attempt) {
            case Attempt.Refused<EmailId>(var why) -> Attempt.refused(why);
            case Attempt.Made<EmailId>(var id) ->
                Attempt.made(get(account, List.of(id)).getFirst());
        };
    }

    private static <T> List<T> bounded(List<T> emails) {
        if (emails.size() > PAGE) {
            throw new IllegalArgumentException("at most " + PAGE + " emails at once");
        }
        return emails;
    }
}

package org.merpati.core.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Counts the rows and says where what is kept beside them differs, and which invariants of the mail model do not hold. */
final class Recount {
    private static final String PLACES = "(select count(*) from mailbox_email m where m.mailbox_id = b.id)";
    private static final Map<String, String> WRONG = new TreeMap<>(Map.ofEntries(
            Map.entry("messages of mailbox", "select b.id from mailbox b where b.messages <> " + PLACES),
            Map.entry(
                    "unseen of mailbox",
                    "select b.id from mailbox b where b.unseen <> (select count(*) from mailbox_email m join email e"
                            + " on e.id = m.email_id where m.mailbox_id = b.id"
                            + " and ' ' || e.keywords || ' ' not like '% $seen %')"),
            Map.entry(
                    "deleted of mailbox",
                    "select b.id from mailbox b where b.deleted <> (select count(*) from mailbox_email m"
                            + " where m.mailbox_id = b.id and m.deleted = true)"),
            Map.entry(
                    "size of mailbox",
                    "select b.id from mailbox b where b.size <> (select coalesce(sum(e.size), 0) from mailbox_email m"
                            + " join email e on e.id = m.email_id where m.mailbox_id = b.id)"),
            Map.entry(
                    "uidnext of mailbox",
                    "select b.id from mailbox b where exists (select 1 from mailbox_email m where m.mailbox_id = b.id"
                            + " and m.uid >= b.uid_next) or exists (select 1 from expunged x where x.mailbox_id = b.id"
                            + " and x.uid >= b.uid_next)"),
            Map.entry(
                    "modseq of mailbox",
                    "select b.id from mailbox b where exists (select 1 from mailbox_email m where m.mailbox_id = b.id"
                            + " and m.modseq > b.modseq) or exists (select 1 from expunged x where x.mailbox_id = b.id"
                            + " and x.modseq > b.modseq) or b.changed_modseq > b.modseq or b.created_modseq > b.modseq"),
            Map.entry(
                    "modseq of account",
                    "select a.id from account a where exists (select 1 from mailbox b where b.account_id = a.id"
                            + " and b.modseq > a.modseq) or exists (select 1 from email e where e.account_id = a.id"
                            + " and e.modseq > a.modseq) or exists (select 1 from destroyed d where d.account_id = a.id"
                            + " and d.modseq > a.modseq)"),
            Map.entry("modseq of email", "select e.id from email e where e.created_modseq > e.modseq"),
            Map.entry(
                    "email without a mailbox",
                    "select e.id from email e where not exists (select 1 from mailbox_email m where m.email_id = e.id)"),
            Map.entry(
                    "email twice in a mailbox",
                    "select min(email_id) from mailbox_email group by mailbox_id, email_id having count(*) > 1"),
            Map.entry(
                    "place in another account's mailbox",
                    "select m.email_id from mailbox_email m join mailbox b on b.id = m.mailbox_id"
                            + " join email e on e.id = m.email_id"
                            + " where b.account_id <> e.account_id or m.account_id <> e.account_id"),
            Map.entry(
                    "tombstone of what is there",
                    "select x.uid from expunged x where exists (select 1 from mailbox_email m"
                            + " where m.mailbox_id = x.mailbox_id and m.uid = x.uid)"
                            + " or not exists (select 1 from mailbox b where b.id = x.mailbox_id)"),
            Map.entry(
                    "destroyed and there",
                    "select d.id from destroyed d where (d.kind = 'email' and exists (select 1 from email e"
                            + " where e.id = d.id)) or (d.kind = 'mailbox' and exists (select 1 from mailbox b"
                            + " where b.id = d.id))"),
            Map.entry(
                    "messages of account",
                    "select a.id from account a where a.messages <> (select count(*) from email e"
                            + " where e.account_id = a.id)"),
            Map.entry(
                    "size of account",
                    "select a.id from account a where a.size <> (select coalesce(sum(e.size), 0) from email e"
                            + " where e.account_id = a.id)"),
            Map.entry(
                    "uidvalidity of account",
                    "select a.id from account a where exists (select 1 from mailbox b where b.account_id = a.id"
                            + " and b.uid_validity >= a.uid_validity_next)")));

    private Recount() {}

    static List<String> differences(DataSource source) {
        var found = new ArrayList<String>();
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            for (var wrong : WRONG.entrySet()) {
                try (var rows = statement.executeQuery(wrong.getValue())) {
                    while (rows.next()) {
                        found.add(wrong.getKey() + " " + rows.getLong(1));
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }
}

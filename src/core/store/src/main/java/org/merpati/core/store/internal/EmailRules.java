package org.merpati.core.store.internal;

import java.util.Arrays;
import java.util.Optional;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.store.Checks;
import org.merpati.core.store.Checks.Kind;

/** One page of an account's emails, each row for itself, beside the row of its blob. */
record EmailRules(Statements sql, long account, Checks.Place after) {
    /** What was looked at, and where the next page begins. */
    record Page(int emails, Optional<Checks.Place> next) {}

    Page run(CheckRound round) {
        var rows = sql.rows(
                """
                select e.id, e.received, e.keywords, e.size, e.blob_id, b.size from email e
                left join blob b on b.id = e.blob_id
                where e.account_id = ? and e.received >= ? and (e.received > ? or e.id > ?)
                order by e.account_id, e.received, e.id""" + " fetch first " + Checks.PAGE + " rows only",
                account,
                after.received(),
                after.received(),
                after.email().value());
        rows.forEach(row -> {
            keywords(round, row.number(0), row.text(2));
            if (row.absent(5)) {
                round.lost(Kind.BLOB, "email " + row.number(0), "blob " + row.number(4), "none");
            } else if (row.number(3) != row.number(5)) {
                round.report(
                        Kind.SIZE,
                        "size of email " + row.number(0),
                        row.number(5),
                        row.number(3),
                        () -> change(round, "size", row.number(5), row.number(0)));
            }
        });
        if (rows.size() < Checks.PAGE) {
            return new Page(rows.size(), Optional.empty());
        }
        var last = rows.getLast();
        return new Page(rows.size(), Optional.of(new Checks.Place(last.number(1), new EmailId(last.number(0)))));
    }

    private void keywords(CheckRound round, long email, String column) {
        var expected = Keywords.write(Arrays.stream(column.split(" ", -1))
                .flatMap(name -> keyword(name).stream())
                .distinct()
                .toList());
        if (!column.equals(expected)) {
            round.report(
                    Kind.KEYWORDS,
                    "keywords of email " + email,
                    expected,
                    column,
                    () -> change(round, "keywords", expected, email));
        }
    }

    private static Optional<Keyword> keyword(String name) {
        try {
            return Optional.of(new Keyword(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void change(CheckRound round, String column, Object value, long email) {
        sql.change("update email set " + column + " = ? where id = ?", value, email);
        round.touch(email, round.modSeq());
    }
}

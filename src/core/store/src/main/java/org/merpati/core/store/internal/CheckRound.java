package org.merpati.core.store.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.merpati.core.store.Checks.Finding;
import org.merpati.core.store.Checks.Kind;
import org.merpati.core.store.Checks.Named;

/** One look at one account: what was found, and repaired at once where this transaction holds the account's lock. */
final class CheckRound {
    final Statements sql;
    final long account;
    private final String address;
    private final OptionalLong modSeq;
    private final List<Finding> findings = new ArrayList<>();

    private CheckRound(Statements sql, Named account, OptionalLong modSeq) {
        this.sql = sql;
        this.account = account.id().value();
        this.address = account.address();
        this.modSeq = modSeq;
    }

    static CheckRound looking(Statements sql, Named account) {
        return new CheckRound(sql, account, OptionalLong.empty());
    }

    /** @param modSeq the account's new one, that what is repaired has changed at */
    static CheckRound repairing(Statements sql, Named account, long modSeq) {
        return new CheckRound(sql, account, OptionalLong.of(modSeq));
    }

    /** Reports what can be derived, and derives it where this round repairs. */
    void report(Kind kind, String what, Object expected, Object found, Runnable repair) {
        if (modSeq.isPresent()) {
            repair.run();
        }
        add(kind, what, expected, found, modSeq.isPresent());
    }

    /** Reports what nobody can derive. */
    void lost(Kind kind, String what, Object expected, Object found) {
        add(kind, what, expected, found, false);
    }

    /** The modseq of this repair; only for use in one. */
    long modSeq() {
        return modSeq.orElseThrow();
    }

    /** Everybody is to be told of the email: it, its places and their mailboxes have changed at that modseq. */
    void touch(long email, long at) {
        sql.change("update email set modseq = ? where id = ?", at, email);
        sql.change("update mailbox_email set modseq = ? where email_id = ?", at, email);
        sql.change(
                "update mailbox set modseq = ? where id in (select m.mailbox_id from mailbox_email m where m.email_id = ?)",
                at,
                email);
    }

    List<Finding> findings() {
        return findings;
    }

    private void add(Kind kind, String what, Object expected, Object found, boolean repaired) {
        findings.add(new Finding(kind, address, what, expected.toString(), found.toString(), repaired));
    }
}

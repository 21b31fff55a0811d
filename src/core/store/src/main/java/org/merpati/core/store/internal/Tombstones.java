package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.ModSeq;

/** What is left of things that are no mail and whose number is the modseq that they were made at. */
@ApplicationScoped
public class Tombstones {
    private static final long NO_THREAD = 0;

    @Inject
    Sql sql;

    void add(AccountId account, ChangeLog.Log log, Collection<Long> ids, ModSeq modSeq) {
        sql.batch(
                "insert into destroyed (account_id, kind, id, thread_id, created_modseq, modseq) values (?, ?, ?, ?, ?, ?)",
                ids.stream()
                        .map(id -> new Object[] {account.value(), log.kind(), id, NO_THREAD, id, modSeq.value()})
                        .toList());
    }
}

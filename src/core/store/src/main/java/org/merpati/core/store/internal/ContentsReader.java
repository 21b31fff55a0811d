package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.store.Emails.Contents;

/** Reads what the cache of contents lacks. */
@ApplicationScoped
@Transactional
public class ContentsReader {
    @Inject
    Sql sql;

    List<Contents> read(AccountId account, List<EmailId> ids) {
        return sql.select(
                row -> EmailContents.of(new EmailId(row.getLong(1)), row.getBytes(2), row.getString(3)),
                "select e.id, b.structure, b.preview from " + Sql.IDS
                        + " left join email e on e.id = n.id join blob b on b.id = e.blob_id where e.account_id = ?",
                Memberships.array(ids.stream().map(EmailId::value).toList()),
                account.value());
    }
}

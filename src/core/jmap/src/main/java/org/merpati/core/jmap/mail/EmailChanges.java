package org.merpati.core.jmap.mail;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Optional;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.jmap.ChangingType;
import org.merpati.core.store.Emails;

/** Email/changes (RFC 8621 §4.3). */
final class EmailChanges implements ChangingType {
    @Override
    public String name() {
        return "Email";
    }

    @Override
    public Optional<Delta> changes(Services services, AccountId account, ModSeq since, int limit) {
        return services.get(Emails.class)
                .changes(account, since, limit)
                .map(changes -> new Delta(
                        ids(changes.created()),
                        ids(changes.updated()),
                        ids(changes.destroyed()),
                        changes.state(),
                        changes.more(),
                        JsonNodeFactory.instance.objectNode()));
    }

    static List<String> ids(List<EmailId> numbers) {
        return numbers.stream().map(id -> IdKind.EMAIL.id(id.value())).toList();
    }
}

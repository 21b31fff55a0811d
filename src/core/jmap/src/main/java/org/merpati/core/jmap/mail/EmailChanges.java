package org.merpati.core.jmap.mail;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
        var emails = services.get(Emails.class);
        return emails.changes(account, since, limit).map(changes -> {
            var made = visible(emails, account, changes.created());
            var returned = visible(emails, account, changes.returned());
            var there = visible(emails, account, changes.updated());
            var destroyed = new ArrayList<>(changes.destroyed());
            changes.updated().stream().filter(id -> !there.contains(id)).forEach(destroyed::add);
            var created = new LinkedHashSet<>(changes.created());
            created.retainAll(made);
            created.addAll(returned);
            return new Delta(
                    ids(List.copyOf(created)),
                    ids(changes.updated().stream()
                            .filter(id -> there.contains(id) && !returned.contains(id))
                            .toList()),
                    ids(destroyed),
                    changes.state(),
                    changes.more(),
                    JsonNodeFactory.instance.objectNode());
        });
    }

    /**
     * What IMAP marks as {@code \Deleted} in all its mailboxes is gone for us (RFC 8621 §4.1.1). When the mark is taken back it is
     * made anew: a client that asked in between was told that it is destroyed.
     */
    private static Set<EmailId> visible(Emails emails, AccountId account, List<EmailId> ids) {
        var visible = new HashSet<EmailId>();
        for (int from = 0; from < ids.size(); from += Emails.PAGE) {
            var page = ids.subList(from, Math.min(ids.size(), from + Emails.PAGE));
            emails.read(account, page, false)
                    .emails()
                    .forEach(seen -> visible.add(seen.email().id()));
        }
        return visible;
    }

    static List<String> ids(List<EmailId> numbers) {
        return numbers.stream().map(id -> IdKind.EMAIL.id(id.value())).toList();
    }
}

package org.merpati.core.jmap.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.jmap.DataType;
import org.merpati.core.store.Emails;
import org.merpati.core.store.Mailboxes;
import org.merpati.core.store.Mailboxes.Mailbox;

/**
 * Mailbox (RFC 8621 §2): what a client needs to find a mailbox's id. Names are whole paths and there is no {@code parentId}
 * yet; threads are not counted, and rights are not told, before something can be set.
 */
final class MailboxType {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static final DataType<Mailbox> TYPE = new DataType<>(
            "Mailbox",
            IdKind.MAILBOX,
            mailbox -> mailbox.id().value(),
            properties(),
            MailboxType::load,
            (services, account, limit) -> Optional.of(all(services, account))
                    .filter(all -> all.records().size() <= limit));

    private MailboxType() {}

    private static SequencedMap<String, Function<Mailbox, JsonNode>> properties() {
        var properties = new LinkedHashMap<String, Function<Mailbox, JsonNode>>();
        properties.put("name", mailbox -> JSON.textNode(mailbox.name()));
        properties.put("role", mailbox -> mailbox.role().isEmpty() ? JSON.nullNode() : JSON.textNode(mailbox.role()));
        properties.put("sortOrder", mailbox -> JSON.numberNode(0));
        properties.put("totalEmails", mailbox -> JSON.numberNode(mailbox.messages()));
        properties.put("unreadEmails", mailbox -> JSON.numberNode(mailbox.unseen()));
        properties.put("isSubscribed", mailbox -> JSON.booleanNode(mailbox.subscribed()));
        return properties;
    }

    private static DataType.Loaded<Mailbox> load(Services services, AccountId account, List<Long> numbers) {
        var wanted = new HashSet<>(numbers);
        var loaded = all(services, account);
        return new DataType.Loaded<>(
                loaded.records().stream()
                        .filter(mailbox -> wanted.contains(mailbox.id().value()))
                        .toList(),
                loaded.state());
    }

    private static DataType.Loaded<Mailbox> all(Services services, AccountId account) {
        var state = services.get(Emails.class).state(account); // before the records: too old at worst
        return new DataType.Loaded<>(services.get(Mailboxes.class).list(account), Long.toString(state.value()));
    }
}

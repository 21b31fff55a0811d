package org.merpati.core.jmap.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.jmap.DataType;
import org.merpati.core.store.Emails;
import org.merpati.core.store.Emails.Email;

/** Email (RFC 8621 §4.1): the metadata of §4.1.1. */
final class EmailType {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static final DataType<Email> TYPE = new DataType<>(
            "Email", IdKind.EMAIL, email -> email.id().value(), properties(), EmailType::load, EmailType::loadAll);

    private EmailType() {}

    private static SequencedMap<String, Function<Email, JsonNode>> properties() {
        var properties = new LinkedHashMap<String, Function<Email, JsonNode>>();
        properties.put(
                "blobId", email -> JSON.textNode(IdKind.BLOB.id(email.id().value())));
        properties.put(
                "threadId",
                email -> JSON.textNode(IdKind.THREAD.id(email.thread().value())));
        properties.put("mailboxIds", EmailType::mailboxIds);
        properties.put("keywords", EmailType::keywords);
        properties.put("size", email -> JSON.numberNode(email.size()));
        properties.put("receivedAt", email -> JSON.textNode(email.received().toString())); // UTCDate, RFC 8620 §1.4
        return properties;
    }

    private static JsonNode mailboxIds(Email email) {
        var ids = JSON.objectNode();
        email.mailboxes().stream().sorted().forEach(id -> ids.put(IdKind.MAILBOX.id(id.value()), true));
        return ids;
    }

    private static JsonNode keywords(Email email) {
        var keywords = JSON.objectNode();
        email.keywords().stream().sorted().forEach(keyword -> keywords.put(keyword.name(), true));
        return keywords;
    }

    private static DataType.Loaded<Email> load(Services services, AccountId account, List<Long> numbers) {
        var emails = services.get(Emails.class);
        var state = emails.state(account); // read first: a change meanwhile makes it too old, never too new
        return new DataType.Loaded<>(
                emails.get(account, numbers.stream().map(EmailId::new).toList()), Long.toString(state.value()));
    }

    private static Optional<DataType.Loaded<Email>> loadAll(Services services, AccountId account, int limit) {
        var emails = services.get(Emails.class);
        var found = emails.query(account, Optional.empty(), true, 0, limit);
        return found.total() > limit
                ? Optional.empty()
                : Optional.of(load(
                        services,
                        account,
                        found.ids().stream().map(EmailId::value).toList()));
    }
}

package org.merpati.core.jmap.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.DataType;
import org.merpati.core.jmap.States;
import org.merpati.core.jmap.View;
import org.merpati.core.jmap.blob.BlobId;
import org.merpati.core.jmap.blob.PartOctets;
import org.merpati.core.store.Emails;
import org.merpati.core.store.Emails.Email;
import org.merpati.core.store.Emails.Seen;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.MethodException;

/** Email as Email/get reads it (RFC 8621 §4.1, §4.2). */
final class EmailType implements DataType<Seen> {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @Override
    public String name() {
        return "Email";
    }

    @Override
    public View<Seen> view(Optional<List<String>> properties, Arguments in) throws MethodException {
        return new EmailView(new EmailReader(properties.orElse(EmailReader.STANDARD), in));
    }

    static List<EmailId> numbers(List<String> ids) {
        return ids.stream()
                .map(IdKind.EMAIL::parse)
                .filter(OptionalLong::isPresent)
                .map(number -> new EmailId(number.getAsLong()))
                .toList();
    }

    static JsonNode metadata(Email email, String property) {
        return switch (property) {
            case "id" -> JSON.textNode(IdKind.EMAIL.id(email.id().value()));
            case "blobId" -> JSON.textNode(BlobId.of(email.id()).toString());
            case "threadId" -> JSON.textNode(IdKind.THREAD.id(email.thread().value()));
            case "mailboxIds" -> {
                var ids = JSON.objectNode();
                email.mailboxes().forEach(id -> ids.put(IdKind.MAILBOX.id(id.value()), true));
                yield ids;
            }
            case "keywords" -> {
                var keywords = JSON.objectNode();
                email.keywords().forEach(keyword -> keywords.put(keyword.name(), true));
                yield keywords;
            }
            case "size" -> JSON.numberNode(email.size());
            case "receivedAt" -> JSON.textNode(email.received().toString()); // UTCDate, RFC 8620 §1.4
            default -> throw new IllegalArgumentException(property);
        };
    }

    private record EmailView(EmailReader reader) implements View<Seen> {
        /** Structures may be large. */
        private static final int MESSAGES = 100;

        @Override
        public int page() {
            return reader.readsMessage() ? MESSAGES : Emails.PAGE;
        }

        @Override
        public Loaded<Seen> load(Services services, AccountId account, List<String> ids) {
            var page = services.get(Emails.class).read(account, numbers(ids), reader.readsMessage());
            return new Loaded<>(page.emails(), States.of(page.state()));
        }

        @Override
        public Optional<List<String>> all(Services services, AccountId account, int limit) {
            var found = services.get(Emails.class).query(account, Optional.empty(), true, 0, limit);
            var ids = new ArrayList<String>();
            found.ids().forEach(id -> ids.add(IdKind.EMAIL.id(id.value())));
            return found.total() > limit ? Optional.empty() : Optional.of(ids);
        }

        @Override
        public String id(Seen one) {
            return IdKind.EMAIL.id(one.email().id().value());
        }

        @Override
        public ObjectNode json(Seen one, Call call) throws IOException {
            var email = one.email();
            var json = JSON.objectNode().put("id", id(one));
            for (var property : reader.metadata()) {
                json.set(property, metadata(email, property));
            }
            if (reader.readsMessage()) {
                var octets = PartOctets.of(call.platform().blobs(), email.blob());
                var contents = one.contents();
                reader.read(
                        MailSource.of(BlobId.of(email.id()), octets, contents.structure(), contents.preview()), json);
            }
            return json;
        }
    }
}
